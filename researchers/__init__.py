"""Researchers: persons with an ident, their certification, and process 2 (issue to come)."""
