"""What takes long to make is made once for all workers of a run, and copied by the tests that change it.

The workers of one run share a folder; all parts of the whole suite do, where `tests.suite` names it.
"""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import pytest

FOLDER = "SUIVI_SUITE_DIR"  # the variable that names the folder of the whole suite


def made_once(name: str, make: Callable[[Path], None], factory: pytest.TempPathFactory) -> Path:
    """The folder of that name, filled by `make` where no other worker has done it. Not to be changed."""
    root = _shared(factory)
    folder = root / name
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = Path(mkdtemp(dir=root))
            make(unfinished)
            unfinished.rename(folder)
    return folder


def _shared(factory: pytest.TempPathFactory) -> Path:
    if FOLDER in os.environ:
        return Path(os.environ[FOLDER])
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
