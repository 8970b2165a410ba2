"""What the main addresses cost, as ratios that mean the same on any machine."""
