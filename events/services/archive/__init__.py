"""Bringing a whole agenda over once, from a file that another program exported."""
