"""What a test of the queries of monitoring may ask for."""

import pytest

from tests.monitoring.scene import Scene, build_scene


@pytest.fixture
def scene(db: None) -> Scene:
    """The cast at work: sheets, a round, people who report and review."""
    return build_scene()
