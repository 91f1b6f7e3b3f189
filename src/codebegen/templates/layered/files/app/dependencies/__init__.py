"""What endpoints depend on: who gets to which rows, one module per entity."""
