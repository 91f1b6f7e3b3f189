"""The embedded engine: no model, no network, milliseconds."""
