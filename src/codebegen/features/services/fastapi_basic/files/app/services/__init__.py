"""What features do, a module for each."""
