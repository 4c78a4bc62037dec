"""Feeds of maps: who holds what on a day, as one publisher drew it."""
