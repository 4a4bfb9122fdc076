"""Adopted plans as documents: a model, readers for six formats, the plan.yaml of people. No Django."""
