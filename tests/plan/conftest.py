"""What a test of the plan may ask for."""

import pytest

from tests.cast import Cast, build_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The small plan, its units and its people."""
    return build_cast()
