"""The pages and feeds of the agenda."""
