"""A whole guide at once: on one page to print, and as a PDF."""
