"""Which space uses which tool: where members say so, and where it is shown."""
