"""Who may do what: every operation by every kind of caller."""
