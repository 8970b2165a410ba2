"""The page on which a project holder tries hypotheses on the first year of a space."""
