"""How well descriptions are understood, measured against hand-written gold files."""
