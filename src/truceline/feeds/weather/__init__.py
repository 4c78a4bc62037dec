"""Feeds of weather: how much of the sky was covered, where somebody measured or modelled it."""
