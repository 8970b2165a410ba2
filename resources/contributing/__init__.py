"""Where members share what their space has: drafts, files, review, publication."""
