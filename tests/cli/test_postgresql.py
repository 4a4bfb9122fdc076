import json

import pytest

from tests.cli.conftest import Run
from tests.postgres import running_postgres
from tools.machine import has_postgresql

pytestmark = pytest.mark.skipif(
    not has_postgresql(), reason="needs PostgreSQL (Debian: apt-get install postgresql)"
)


def test_init_and_doctor_work_on_postgresql(suivi: Run) -> None:
    with running_postgres() as address:
        done = suivi("init", SUIVI_DATABASE_URL=address)
        assert (done.returncode, done.stderr) == (0, "")
        found = suivi("doctor", "--json", SUIVI_DATABASE_URL=address)
    checks = {check["name"]: check for check in json.loads(found.stdout)}
    assert checks["Database"]["found"].startswith("PostgreSQL")
    assert checks["Tables"]["state"] == "fine"
