"""Word lists: what the engine knows about English before it reads a description."""
