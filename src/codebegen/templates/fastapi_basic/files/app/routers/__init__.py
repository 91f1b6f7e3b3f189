"""Endpoints, one module per entity, with what they do."""
