"""Benchmarks: stage times, growth with size, and the throughput of what is generated. See `python -m benchmarks -h`."""
