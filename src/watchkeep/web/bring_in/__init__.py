"""Bringing a paper in: upload, watch it being read, settle doubts beside the page, correct, accept."""
