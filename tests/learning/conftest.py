"""What a test of guidance and lessons may ask for."""

import pytest

from tests.monitoring.scene import Scene, build_scene


@pytest.fixture
def scene(db: None) -> Scene:
    """The cast at work on follow-up, because lessons rest on updates."""
    return build_scene()
