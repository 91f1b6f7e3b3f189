"""Verb or noun: how the engine learns it, and how well it knows it."""
