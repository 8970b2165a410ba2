"""Drafting together: the rounds, the amendments, and what became of each."""
