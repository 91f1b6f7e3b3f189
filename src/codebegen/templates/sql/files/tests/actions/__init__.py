"""Actions on several rows at once: all of it or nothing."""
