"""Bodies and queries, as clients see them."""
