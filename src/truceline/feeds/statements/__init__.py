"""Feeds of words: texts to read statements from, and quotations somebody has labelled."""
