import re
import shutil
from pathlib import Path

import polib
import pytest

from tools.messages import LANGUAGES, LOCALE, catalogues, collect, compiled

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%(?![%(])[sd]|\{\w*\}")


@pytest.fixture(params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Path:
    """The catalogue of each language in turn."""
    return LOCALE / request.param / "LC_MESSAGES" / "django.po"


def _entries(catalogue: Path) -> polib.POFile:
    # Given a path that does not exist, polib would read the path itself as a catalogue.
    return polib.pofile(catalogue.read_text(encoding="utf-8"))


def test_no_catalogue_stands_beside_those_of_our_languages() -> None:
    assert {path.parent.parent.name for path in catalogues()} <= set(LANGUAGES)


def test_the_compiled_catalogue_is_up_to_date(catalogue: Path) -> None:
    assert catalogue.with_suffix(".mo").read_bytes() == compiled(catalogue), "run: make messages"


def test_every_sentence_is_translated(catalogue: Path) -> None:
    entries = _entries(catalogue)
    assert [entry.msgid for entry in [*entries.untranslated_entries(), *entries.fuzzy_entries()]] == []


def test_a_translation_keeps_the_placeholders(catalogue: Path) -> None:
    broken = []
    for entry in _entries(catalogue):
        originals = {
            frozenset(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)
        }
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        broken += [text for text in texts if frozenset(PLACEHOLDER.findall(text)) not in originals]
    assert broken == []


@pytest.fixture(scope="session")
def collected(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the catalogues, brought up to date with the code."""
    if not shutil.which("xgettext"):
        pytest.skip("needs xgettext (Debian: apt-get install gettext)")
    copy = tmp_path_factory.mktemp("collected") / "src" / "suivi"
    shutil.copytree(root / "src" / "suivi", copy, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    collect(copy)
    return copy / "web" / "locale"


def test_the_catalogues_know_every_sentence_of_the_code(catalogue: Path, collected: Path) -> None:
    fresh = _entries(collected / catalogue.relative_to(LOCALE))
    known = {(entry.msgctxt, entry.msgid) for entry in _entries(catalogue)}
    forgotten = [entry.msgid for entry in fresh if (entry.msgctxt, entry.msgid) not in known]
    assert forgotten == [], "run: make messages, then translate"
