"""Charters: how they are written and published, compared and shown."""
