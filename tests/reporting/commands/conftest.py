"""The scene of a paper, for its commands."""

import pytest

from tests.reporting.paper_scene import PaperScene, build_paper


@pytest.fixture
def scene(db: None) -> PaperScene:
    return build_paper()
