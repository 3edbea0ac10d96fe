"""The benchmark of a whole city: `python -m benchmarks`, or `make bench`."""
