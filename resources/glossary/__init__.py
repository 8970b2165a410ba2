"""The glossary: its page, and its words inside any rich text."""
