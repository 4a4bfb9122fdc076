import os
import subprocess
import sys
from pathlib import Path

import pytest

_TEST = """
import pytest

@pytest.mark.reference
def test_that_needs_the_folder(reference_dir):
    assert reference_dir.is_dir()

def test_that_is_not_in_the_mood():
    pytest.skip("no mood")
"""


def _outcome(tmp_path: Path, root: Path, **variables: str) -> str:
    """Run the two tests above under the rules of our own conftest, and give what pytest said."""
    (tmp_path / "conftest.py").write_text((root / "tests" / "conftest.py").read_text())
    (tmp_path / "test_it.py").write_text(_TEST)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    markers = "-o", "markers=reference: x", "-o", "addopts=", "--rootdir", str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:django", *markers, "."],
        cwd=tmp_path,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_a_developer_may_skip(tmp_path: Path, root: Path) -> None:
    assert "2 skipped" in _outcome(tmp_path, root)


def test_continuous_integration_skips_only_for_want_of_the_reference_folder(
    tmp_path: Path, root: Path
) -> None:
    assert "1 failed, 1 skipped" in _outcome(tmp_path, root, CI="true")


def test_with_the_reference_folder_its_tests_run(tmp_path: Path, root: Path) -> None:
    said = _outcome(tmp_path, root, CI="true", SUIVI_REFERENCE_DIR=str(tmp_path))
    assert "1 failed, 1 passed" in said


@pytest.mark.parametrize("ci", ["true", ""])
def test_a_reference_folder_that_is_named_has_to_be_there(tmp_path: Path, root: Path, ci: str) -> None:
    said = _outcome(tmp_path, root, CI=ci, SUIVI_REFERENCE_DIR=str(tmp_path / "nowhere"))
    assert "passed" not in said
    assert "skipped" not in said
