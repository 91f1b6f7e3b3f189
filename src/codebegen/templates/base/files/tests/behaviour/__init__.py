"""States, rules, marks, computed values: what rows go through."""
