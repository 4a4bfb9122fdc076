"""Whole numbers as addresses and hidden fields carry them."""

LONGEST = 18  # digits: the largest key of a database has nineteen


def whole_number(written: str) -> int | None:
    """The number, or None where something else is written, or more digits than any row or page has."""
    is_number = written.isascii() and written.isdigit() and len(written) <= LONGEST
    return int(written) if is_number else None
