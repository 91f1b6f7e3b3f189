"""Create, read, list, change and delete."""
