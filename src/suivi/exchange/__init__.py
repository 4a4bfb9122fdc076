"""Binds our records to other formats: a plan document becomes an edition, an edition a plan document."""
