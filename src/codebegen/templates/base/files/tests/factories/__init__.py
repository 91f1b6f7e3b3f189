"""Valid bodies and rows, one module for each kind of thing."""
