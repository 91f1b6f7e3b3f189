"""How much the tests of generated projects would notice. See `python -m benchmarks.mutation -h`."""
