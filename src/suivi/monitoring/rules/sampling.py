"""A random stratified sample that anyone can draw again, and what its answers say of the whole.

The urn is a list of keys with their stratum. In each stratum the keys are ordered by SHA-256 of "SEED:KEY"
and the first ones are drawn: the seed alone decides, not the order of the urn, the program or the machine.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

# The normal quantile of a 95 per cent interval.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Drawn:
    """A key drawn from its stratum."""

    key: str
    stratum: str


def draw(urn: Iterable[tuple[str, str]], seed: str, size: int) -> list[Drawn]:
    """Draw `size` keys (or all, where there are fewer) from an urn of (key, stratum).

    Each stratum gets its share by the method of the largest remainder, and at least one as long as there are
    enough to give; where the seed has to choose between strata, it does so in the same way as between keys.
    """
    strata: dict[str, list[str]] = {}
    for key, stratum in urn:
        strata.setdefault(stratum, []).append(key)
    shares = _shares({stratum: len(keys) for stratum, keys in strata.items()}, seed, size)
    return [
        Drawn(key, stratum)
        for stratum in sorted(strata)
        for key in sorted(strata[stratum], key=lambda key: _rank(seed, key))[: shares[stratum]]
    ]


def _shares(sizes: Mapping[str, int], seed: str, size: int) -> dict[str, int]:
    whole = sum(sizes.values())
    wanted = min(size, whole)
    if not whole:
        return {}
    by_seed = sorted(sizes, key=lambda stratum: _rank(seed, stratum))
    # One each first, the largest strata first where there are not enough.
    shares = dict.fromkeys(sizes, 0)
    for stratum in sorted(by_seed, key=lambda stratum: -sizes[stratum])[:wanted]:
        shares[stratum] = 1
    while sum(shares.values()) < wanted:
        # The stratum that is furthest below its share of the whole.
        open_ones = [stratum for stratum in by_seed if shares[stratum] < sizes[stratum]]
        lowest = max(open_ones, key=lambda stratum: sizes[stratum] * wanted / whole - shares[stratum])
        shares[lowest] += 1
    return shares


def _rank(seed: str, key: str) -> str:
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


@dataclass(frozen=True)
class ErrorRate:
    """How many of those checked failed, and between which shares the rate of the whole lies (95 per cent)."""

    failed: int
    checked: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        return self.failed / self.checked


def error_rate(answers: Iterable[bool | None]) -> ErrorRate | None:
    """The rate of "no" among the answers given, with Wilson's interval; None before the first answer.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    given = [answer for answer in answers if answer is not None]
    if not given:
        return None
    n, failed = len(given), given.count(False)
    share = failed / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return ErrorRate(failed, n, max(0.0, middle - half), min(1.0, middle + half))
