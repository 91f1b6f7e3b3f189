"""What is kept of changes of states."""
