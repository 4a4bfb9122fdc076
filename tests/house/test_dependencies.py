import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MOST_AT_RUN_TIME = 25


def _direct(root: Path) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(line) for group in groups for line in group]


def test_a_reason_stands_above_each_dependency(root: Path) -> None:
    lines = (root / "pyproject.toml").read_text().splitlines()
    listed = [number for number, line in enumerate(lines) if re.match(r'\s+"[A-Za-z][\w.\[\]-]*[=<>~]', line)]
    assert len(listed) == len(_direct(root))
    unexplained = [
        lines[number]
        for number in listed
        if "#" not in lines[number - 1] and number - 1 not in listed  # two that belong together share one
    ]
    assert unexplained == []


def test_a_reason_stands_above_each_pin(root: Path) -> None:
    lines = [line for line in (root / "constraints.txt").read_text().splitlines() if line]
    pins = [number for number, line in enumerate(lines) if not line.startswith("#")]
    assert pins
    assert [lines[number] for number in pins if not lines[number - 1].startswith("#")] == []


def test_every_direct_dependency_is_pinned_within_its_range(root: Path) -> None:
    lines = (root / "constraints.txt").read_text().splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    outside = [
        str(one)
        for one in _direct(root)
        if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))
    ]
    assert outside == []


def test_an_installation_needs_few_packages(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert len(project["dependencies"]) <= MOST_AT_RUN_TIME
