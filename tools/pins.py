"""Writes `constraints.txt`, the versions that the suite was run with: `python -m tools.pins`.

Names and versions only, no addresses; a reason stands above each.
"""

from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILE = Path(__file__).resolve().parent.parent / "constraints.txt"
EXTRAS = ("dev", "bench")
HEAD = (
    "# The versions that the suite was last run with, written by `python -m tools.pins`.\n"
    "# Why each direct dependency is there stands in pyproject.toml.\n"
)


def wanted_by() -> dict[str, set[str]]:
    """Name of each package to the names of those that ask for it, ours and theirs."""
    reasons: dict[str, set[str]] = {}
    waiting: list[tuple[str, Iterable[str]]] = [("suivi", EXTRAS)]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, tuple(extras)) in seen:
            continue
        seen.add((name, tuple(extras)))
        for line in distribution(name).requires or []:
            requirement = Requirement(line)
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                continue
            reasons.setdefault(canonicalize_name(requirement.name), set()).add(name)
            waiting.append((canonicalize_name(requirement.name), tuple(requirement.extras)))
    return reasons


def page() -> str:
    lines = [HEAD]
    for name, askers in sorted(wanted_by().items()):
        reason = "a direct dependency" if "suivi" in askers else f"comes with {', '.join(sorted(askers))}"
        lines.append(f"# {reason}\n{name}=={distribution(name).version}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
