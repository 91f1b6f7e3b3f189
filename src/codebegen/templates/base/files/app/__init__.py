"""A blog with courses for pets."""
