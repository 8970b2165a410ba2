"""Bulk data made from a seed: to measure, and to see pages that are full."""
