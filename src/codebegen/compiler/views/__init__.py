"""Finished values for the templates, made from a complete blueprint."""
