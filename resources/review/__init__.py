"""Sheets to check again, in the editors' admin: the task and its answer."""
