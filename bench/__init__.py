"""Measures, as ratios against a limit or a peer in the same run. `make bench` writes the page of results."""
