"""A small hand-written API, as a good engineer writes it: what generated endpoints are measured against."""
