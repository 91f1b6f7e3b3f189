"""Queries, one module per entity."""
