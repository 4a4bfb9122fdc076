"""Chores of the house: what developers and `make` run, and what no installation needs."""
