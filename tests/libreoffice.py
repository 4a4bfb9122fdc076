"""Our documents in the hands of another program: LibreOffice without a window, several files in one start."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tools.machine import has_writer

needs_writer = pytest.mark.skipif(not has_writer(), reason="needs apt-get install libreoffice-writer-nogui")
_FILTERS = {"docx": "docx:MS Word 2007 XML", "odt": "odt", "txt": "txt:Text (encoded):UTF8"}


def saved_by_libreoffice(files: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """Each DOCX opened and saved again, by name: as "docx", "odt" or "txt"."""
    given, made = folder / "given", folder / "made"
    given.mkdir()
    for name, data in files.items():
        (given / f"{name}.docx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         _FILTERS[ending], "--outdir", str(made), *sorted(str(one) for one in given.iterdir())],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    return {name: (made / f"{name}.{ending}").read_bytes() for name in files}
