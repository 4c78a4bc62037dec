"""Feeds of reports: somebody's account that something happened, one row each."""
