"""Which languages are written from right to left."""

_RIGHT_TO_LEFT = {"ar", "he", "fa", "ur", "yi"}


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language.replace("_", "-").split("-")[0].lower() in _RIGHT_TO_LEFT
