"""Which entities are related: learned from descriptions with gold."""
