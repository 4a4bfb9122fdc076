import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests.postgres import PostgresMissingError, find_programs, main, running_postgres
from tools.machine import has_postgresql

pytestmark = pytest.mark.skipif(
    not has_postgresql(), reason="needs PostgreSQL (Debian: apt-get install postgresql)"
)
SECONDS_TO_STOP = 60


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def test_the_server_runs_for_the_block_and_not_longer() -> None:
    with running_postgres() as address:
        assert _answers(address)
    assert not _answers(address)


def test_the_command_gets_the_address_and_its_exit_code_comes_back() -> None:
    program = (
        "import os, sys; sys.exit(7 if os.environ['SUIVI_DATABASE_URL'].startswith('postgresql') else 1)"
    )
    assert main(["--", sys.executable, "-c", program]) == 7


def test_the_server_stops_when_its_starter_is_killed() -> None:
    program = "import os, time; print(os.environ['SUIVI_DATABASE_URL'], flush=True); time.sleep(600)"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.postgres", "--", sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as starter:
        assert starter.stdout
        address = starter.stdout.readline().strip()
        assert _answers(address)
        starter.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + SECONDS_TO_STOP
        while _answers(address) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not _answers(address)
        os.killpg(starter.pid, signal.SIGKILL)  # the command that is left behind


def test_programs_are_found_in_one_folder() -> None:
    try:
        folder = find_programs()
    except PostgresMissingError:
        pytest.fail("PostgreSQL is installed but not found")
    assert (folder / "initdb").exists()
