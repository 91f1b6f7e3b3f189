"""Random walks: whatever happens to rows, what is counted of them stays right."""
