"""Keeping the dates of a space's own calendar in step with it."""
