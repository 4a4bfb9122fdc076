"""Where an installation keeps its things."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from suivi.environment.reading import is_switched_on
from suivi.values.errors import InputRefused

CODE_LISTS = "iati-codelists"  # in the data folder
KNOWN_LISTS = "iati-lists"
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Folders:
    """The data folder and what stands in it. `is_demonstration` chooses between two sets of files."""

    data: Path
    is_demonstration: bool
    files: Path

    @property
    def database(self) -> Path:
        """The SQLite file, used where no other database is named."""
        return self.data / ("demo.sqlite3" if self.is_demonstration else "suivi.sqlite3")

    @property
    def static(self) -> Path:
        """Style sheets and scripts as the server gives them out, collected when it starts."""
        return self.data / "static"

    @property
    def code_lists(self) -> Path:
        """Code lists of the IATI Standard, where newer ones than those of the package were brought."""
        return self.data / CODE_LISTS

    @property
    def charts(self) -> Path:
        """Charts that were drawn, by their digests; what is not there is drawn again."""
        return self.data / "charts"

    @property
    def known_lists(self) -> Path:
        """Lists of publishers, agencies and activities that the check of IATI files knows."""
        return self.data / KNOWN_LISTS

    @property
    def secret_key(self) -> Path:
        return self.data / "secret-key"


def folders(environment: Mapping[str, str]) -> Folders:
    """The folders that the environment names or leaves to us. Nothing is made."""
    data = Path(environment.get("SUIVI_DATA_DIR") or _usual_data_folder(environment)).expanduser().absolute()
    is_demonstration = is_switched_on(
        environment, "SUIVI_DEMONSTRATION", default=_has_only_demonstration(environment, data)
    )
    files = environment.get("SUIVI_FILES_DIR")
    return Folders(
        data=data,
        is_demonstration=is_demonstration,
        files=Path(files).expanduser().absolute()
        if files
        else data / ("demo-files" if is_demonstration else "files"),
    )


def countries_file(environment: Mapping[str, str]) -> Path | None:
    """The list of countries that SUIVI_COUNTRIES names; None where it names none. Nothing is read."""
    named = environment.get("SUIVI_COUNTRIES", "").strip()
    return Path(named).expanduser().absolute() if named else None


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner enters, or refuse with the reason."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def kept_secret_key(path: Path) -> str:
    """The key in this file; made and written on the first call, whichever process comes first."""
    make_folder(path.parent)
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(50))
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise _cannot_write(path.parent, error) from error


def _write_once(path: Path, text: str) -> None:
    """Make a file for its owner only, whole or not at all, unless another process was first."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
        # A link is refused where the file is there already: two first processes agree on one key.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()


def _usual_data_folder(environment: Mapping[str, str]) -> Path:
    checkout = _PACKAGE.parent.parent
    if _PACKAGE.parent.name == "src" and (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    return Path(environment.get("XDG_DATA_HOME") or "~/.local/share") / "suivi"


def _has_only_demonstration(environment: Mapping[str, str], data: Path) -> bool:
    """After `suivi demo` and before `suivi init`, every command speaks of the demonstration."""
    return (
        not environment.get("SUIVI_DATABASE_URL")
        and (data / "demo.sqlite3").exists()
        and not (data / "suivi.sqlite3").exists()
    )


def _cannot_write(folder: Path, error: OSError) -> InputRefused:
    return InputRefused(
        "The folder %(folder)s cannot be used: %(reason)s.",
        {"folder": folder, "reason": error.strerror or error},
        "Name another one in SUIVI_DATA_DIR, or change who may write there.",
    )
