import os
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network by the backend that is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", str(root), "--quiet", "--no-deps", "--no-index"),
            *("--no-build-isolation", "--wheel-dir", str(folder)),
        ],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def wheel_names(wheel: Path) -> list[str]:
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


def test_the_wheel_alone_gives_the_demonstration_and_its_reports(wheel: Path, tmp_path: Path) -> None:
    site, home = tmp_path / "site", tmp_path / "home"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)

    def suivi(*words: str) -> None:
        """Run the command of the wheel far from the checkout."""
        program = (
            "import sys, suivi; from suivi.cli.main import main; print(suivi.__file__); sys.exit(main())"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, *words],
            env={**kept, "PYTHONPATH": str(site), "XDG_DATA_HOME": str(home)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(str(site))

    suivi("demo", "--no-serve")
    assert (home / "suivi" / "demo.sqlite3").exists()
    for ending in ("docx", "pdf", "html"):
        file = tmp_path / f"overview.{ending}"
        suivi("report", "overview", "--language", "es", "--format", ending, "-o", str(file))
        assert file.stat().st_size > 10_000
