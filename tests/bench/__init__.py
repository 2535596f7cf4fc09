"""Benchmarks: numbers that compare things within one run, kept apart from the tests."""
