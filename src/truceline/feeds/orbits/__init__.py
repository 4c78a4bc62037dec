"""Feeds of orbits: where a satellite was, as elements from which its passes are computed."""
