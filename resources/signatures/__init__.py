"""Signing a charter: the way of a member, and what the network keeps and reviews."""
