"""What is data, and whose: learned from descriptions with gold."""
