"""The catalogues of translations: `python -m tools.messages` collects the sentences and compiles.

Collecting wants Debian's gettext; compiling does not. Both files of a catalogue are kept in the repository,
so that an installation needs no compiler (docs/decisions).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent.parent / "src" / "suivi"
LOCALE = SOURCE / "web" / "locale"
LANGUAGES = ("fr", "es")


def catalogues() -> list[Path]:
    """Every catalogue of the project, as text."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def collect(source: Path = SOURCE) -> None:
    """Bring the catalogues up to date with the sentences in code and templates. Needs xgettext."""
    words = [word for language in LANGUAGES for word in ("--locale", language)]
    subprocess.run(
        [
            *(sys.executable, "-m", "django", "makemessages", *words),
            *("--no-location", "--no-wrap", "--no-obsolete", "--extension", "html,txt,py"),
        ],
        cwd=source,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "suivi.settings", "PYTHONPATH": str(source.parent)},
        check=True,
    )


def compiled(catalogue: Path) -> bytes:
    """The machine's form of a catalogue, as it stands beside it with the ending .mo."""
    return bytes(polib.pofile(str(catalogue)).to_binary())


def main() -> None:
    if shutil.which("xgettext"):
        collect()
    else:
        print("Sentences were not collected: xgettext is missing (Debian: apt-get install gettext).")
    for catalogue in catalogues():
        catalogue.with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    main()
