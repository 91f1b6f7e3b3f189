"""Endpoints, one module per entity."""
