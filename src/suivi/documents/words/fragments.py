"""Words that are only a piece of a sentence."""


def starts_inside(words: str) -> bool:
    """Whether words begin in the middle of a sentence: with a small letter or a closing mark."""
    stripped = words.lstrip()
    return bool(stripped) and (stripped[0].islower() or stripped[0] in ",;)")
