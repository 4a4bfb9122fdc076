"""Whenever a process dies, nothing is lost and nothing is half done."""

import json
from pathlib import Path

import pytest

from tests.monitoring.faults import NAMES
from tests.processes import address_of_database, said_by, start_python

_TRY = """
import json
from dataclasses import asdict
from tests.monitoring.faults import try_every
print(json.dumps(asdict(try_every({name!r})), default=str))
"""
# So many steps there are at least; fewer would mean that nothing was counted.
LEAST = {"sending a mail": 5, "adding evidence": 10, "withdrawing evidence": 16}


@pytest.mark.parametrize("name", NAMES)
def test_killed_after_any_step_the_work_is_done_whole_or_not_at_all(
    name: str, transactional_db: None, tmp_path: Path
) -> None:
    address = address_of_database(tmp_path)
    outcome = json.loads(said_by(start_python(_TRY.format(name=name), address)).splitlines()[-1])
    assert outcome["killed"] >= LEAST.get(name, 20), outcome
    assert outcome["done_early"] >= 1, outcome  # at least once right after the commit
    assert outcome["halves"] == []
    assert outcome["broken"] == []
