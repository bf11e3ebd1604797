"""Measurements: `make bench` prints one row for each."""
