"""What every test may ask for: the reference folder, and the rules under which a test may be skipped."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The machine of a colleague may be slow; how long a test takes proves nothing.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("suite")

IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def _reference() -> Path | None:
    folder = os.environ.get("SUIVI_REFERENCE_DIR")
    return Path(folder) if folder else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the reference folder where there is none; a folder named but absent is an error."""
    folder = _reference()
    if folder is not None:
        if not folder.is_dir():
            raise pytest.UsageError(f"SUIVI_REFERENCE_DIR names no folder: {folder}")
        return
    skip = pytest.mark.skip(reason="needs the reference folder: set SUIVI_REFERENCE_DIR")
    for item in items:
        if item.get_closest_marker("reference"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def reference_dir() -> Path:
    """The folder with the adopted plan, standards and hooks. For tests marked `reference`."""
    folder = _reference()
    assert folder is not None, "mark the test with @pytest.mark.reference"
    return folder
