"""IATI, the standard for data on development cooperation: files opened, checked, read, written, flattened."""
