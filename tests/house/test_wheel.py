import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def wheel_names(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is in the wheel, built without network by the backend that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", str(root), "--quiet", "--no-deps", "--no-index"),
            *("--no-build-isolation", "--wheel-dir", str(folder)),
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_everything_in_the_package_is_in_the_wheel(
    wheel_names: list[str], tracked: list[Path], root: Path
) -> None:
    source = root / "src"
    kept = {str(path.relative_to(source)) for path in tracked if path.is_relative_to(source)}
    assert kept - set(wheel_names) == set()


@pytest.mark.parametrize(
    "pattern",
    [
        "suivi/render/fonts/*.?tf",
        "suivi/web/templates/*.html",
        "suivi/web/static/*.css",
        "suivi/web/locale/*/LC_MESSAGES/django.mo",
        "suivi/demonstration/*.yaml",
        "suivi-*.dist-info/licenses/LICENSE",
        "suivi/py.typed",
    ],
)
def test_the_wheel_brings_what_runs_without_a_checkout(wheel_names: list[str], pattern: str) -> None:
    assert [name for name in wheel_names if fnmatch(name, pattern)]


def test_the_wheel_brings_no_tests_and_no_caches(wheel_names: list[str]) -> None:
    assert [name for name in wheel_names if "tests/" in name or "__pycache__" in name] == []
