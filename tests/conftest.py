"""What every test may ask for: the reference folder, and the rules under which a test may be skipped."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A colleague's machine may be slow; how long a test takes proves nothing.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("suite")

IS_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
REFERENCE = os.environ.get("SUIVI_REFERENCE_DIR")
DATABASE = {"db", "transactional_db", "django_db_setup"}  # what a test asks for that opens the suite's own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens the database of the suite, and skip what needs a reference folder that is not named."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    if REFERENCE:
        if not Path(REFERENCE).is_dir():
            raise pytest.UsageError(f"SUIVI_REFERENCE_DIR names no folder: {REFERENCE}")
        return
    skip = pytest.mark.skip(reason="needs the reference folder: set SUIVI_REFERENCE_DIR")
    for item in items:
        if item.get_closest_marker("reference"):
            item.add_marker(skip)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[None]"
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In continuous integration nothing is skipped but what needs an absent reference folder."""
    report = yield
    may_skip = item.get_closest_marker("reference") and not REFERENCE
    if IS_CI and report.skipped and not may_skip and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI=true does not allow: {report.longreprtext}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat which whole parts of the suite this machine could not run."""
    for line in os.environ.get("SUIVI_SKIPPED_PARTS", "").splitlines():
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture(autouse=True)
def _in_the_default_language() -> Generator[None]:
    """A request sets the language of its thread and leaves it set: no test inherits another's."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _nothing_kept() -> Generator[None]:
    """What pages keep rests on the trail, and each test has a trail of its own."""
    yield
    from suivi.core.kept import KEPT

    KEPT.clear()


@pytest.fixture(scope="session")
def reference_dir() -> Path:
    """The folder with the adopted plan, standards and hooks. For tests marked `reference`."""
    assert REFERENCE, "mark the test with @pytest.mark.reference"
    return Path(REFERENCE)


@pytest.fixture(scope="session")
def loaded_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration on SQLite, to be copied and never changed.

    What `suivi demo --no-serve` said stands in it as `said.txt`.
    """
    from tests.made_once import made_once
    from tests.server import load_demonstration

    return made_once("demonstration", load_demonstration, tmp_path_factory)


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after `suivi init` on SQLite, to be copied and never changed."""
    from tests.made_once import made_once
    from tests.server import make_installation

    return made_once("installation", make_installation, tmp_path_factory)
