import argparse
import re
from pathlib import Path

import pytest

from suivi.cli.main import command_parser

# Written in pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.~*}>-])/(?:" + "|".join(("work", "root", "home", "Users")) + r")/\w")
REGISTRY = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "index" + "-url", "npmjs" + r"\.")))
LOCK_FILES = ("poetry.lock", "uv.lock", "Pipfile.lock", "pdm.lock", "pylock.toml", "package-lock.json")
BINARY = {".png", ".mo", ".ttf", ".otf", ".woff2", ".docx", ".xlsx", ".pdf", ".ico", ".zip"}


def _lines(files: list[Path]) -> list[tuple[Path, str]]:
    return [
        (path, line)
        for path in files
        if path.suffix not in BINARY
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
    ]


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["machine path", "registry address"])
def test_no_file_speaks_of_one_machine_or_registry(tracked: list[Path], pattern: re.Pattern[str]) -> None:
    assert [f"{path.name}: {line.strip()}" for path, line in _lines(tracked) if pattern.search(line)] == []


def test_there_is_no_lock_file(tracked: list[Path]) -> None:
    assert [path for path in tracked if path.name in LOCK_FILES or path.suffix == ".lock"] == []


def test_no_data_and_no_caches_are_kept(tracked: list[Path]) -> None:
    unwanted = {".sqlite3", ".pyc", ".log", ".stamp"}
    assert [path for path in tracked if path.suffix in unwanted] == []


def test_the_readme_is_short(root: Path) -> None:
    assert len((root / "README.md").read_text().splitlines()) <= 150


def test_every_picture_and_page_that_a_text_points_to_exists(tracked: list[Path]) -> None:
    pages = [path for path in tracked if path.suffix == ".md"]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]
    assert broken == []


def _children(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(groups[0].choices) if groups else {}


def _shown_commands(page: str) -> list[str]:
    """What stands after `suivi ` or `make ` at the beginning of code, in lines or between backticks."""
    blocks = re.findall(r"```[a-z]*\n(.*?)```", page, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    inline = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", page)
    parts = [part for code in lines + inline for part in code.split(" #")[0].split("&&")]
    codes = [part.strip().removeprefix("$ ").removeprefix(".venv/bin/") for part in parts]
    return [code for code in codes if code.startswith(("suivi ", "make "))]


def test_commands_in_the_docs_exist(tracked: list[Path], root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), flags=re.MULTILINE))
    unknown = []
    for page in (path for path in tracked if path.suffix == ".md"):
        for code in _shown_commands(page.read_text(encoding="utf-8")):
            program, *words = [word for word in code.split() if not word.startswith(("-", "[", "<"))]
            known = set(_children(command_parser())) if program == "suivi" else targets
            if program == "suivi" and words and words[0] == "plan" and "plan" in known:
                known = set(_children(_children(command_parser())["plan"]))
                words = words[1:]
            if words and re.fullmatch(r"[a-z-]+", words[0]) and words[0] not in known:
                unknown.append(f"{page.name}: {code}")
    assert unknown == []


def test_decisions_are_numbered_without_gaps(root: Path) -> None:
    numbers = sorted(int(path.name[:4]) for path in (root / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
