"""Loans of shared resources: their calendar, the members' pages, the admin."""
