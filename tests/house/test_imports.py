import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PURE = ("values", "environment", "findings", "places", "office", "documents", "workbooks", "iati", "render")

_IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, sys.argv[1] + "."):
    importlib.import_module(module.name)
print("django" in sys.modules)
"""


def test_imports_go_down_only(root: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_brings_no_django_along(room: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL, f"suivi.{room}"], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_the_contract_on_django_names_every_pure_room(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    forbidden = next(contract for contract in contracts if contract["type"] == "forbidden")
    assert set(forbidden["source_modules"]) == {f"suivi.{room}" for room in PURE}
