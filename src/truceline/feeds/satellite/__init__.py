"""Feeds of passing sensors: detections as received, and nothing read into them."""
