"""Which nouns have rows: learned from descriptions with gold."""
