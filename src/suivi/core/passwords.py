"""A first password that can be read out on the telephone and typed without a mistake."""

import secrets
from collections.abc import Callable

# No two letters that look or sound alike; the syllables are meaningless in our languages on purpose.
_FIRST = "bdfgklmnprstvz"
_SECOND = "aeiou"
_GROUPS, _SYLLABLES = 4, 3


def readable_password(choose: Callable[[str], str] = secrets.choice) -> str:
    """Four groups of three syllables, about 73 bits."""
    groups = (
        "".join(choose(_FIRST) + choose(_SECOND) for _syllable in range(_SYLLABLES))
        for _group in range(_GROUPS)
    )
    return "-".join(groups)
