"""Every field at its edges."""
