"""Shared resources: their list, the page of each, and where editors keep them."""
