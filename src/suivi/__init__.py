"""From an adopted implementation plan to accountable results."""

__version__ = "0.1.0"
