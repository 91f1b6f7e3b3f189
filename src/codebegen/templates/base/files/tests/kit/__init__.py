"""What all tests share: the database, the people who call, and what they check."""
