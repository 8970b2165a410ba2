"""What is written about dates: one verb-first function each."""
