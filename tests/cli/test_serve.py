import re
import socket
import sqlite3
import urllib.request
from pathlib import Path

import pytest

from suivi.cli.serve import is_free, require_free_port
from suivi.values.errors import InputRefused
from tests.cli.conftest import Run
from tests.server import served


def test_without_a_database_serve_says_how_to_make_one(suivi: Run) -> None:
    done = suivi("serve")
    assert done.returncode == 6
    assert "suivi init" in done.stderr
    assert done.stderr.count("\n") == 1


def test_serve_makes_no_database_by_looking_for_one(suivi: Run, environment: dict[str, str]) -> None:
    suivi("serve")
    assert not list(Path(environment["SUIVI_DATA_DIR"]).glob("*.sqlite3"))


def test_a_database_older_than_the_program_is_not_served(suivi: Run, installed: Path) -> None:
    database = sqlite3.connect(installed / "suivi.sqlite3")
    with database:
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    database.close()
    done = suivi("serve")
    assert done.returncode == 6
    assert "older than this program" in done.stderr


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(InputRefused, match="--port"):
            require_free_port("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_number_that_is_no_port_is_not_free(port: int) -> None:
    assert not is_free("127.0.0.1", port)


def test_pages_come_with_style_sheets_that_browsers_may_keep(
    installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    with served(environment, tmp_path / "log") as address:
        with urllib.request.urlopen(f"{address}/sign-in") as answer:
            page = answer.read().decode()
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        (sheet,) = re.findall(r'href="(/static/suivi/suivi\.[0-9a-f]{12}\.css)"', page)
        with urllib.request.urlopen(address + sheet) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
    assert (tmp_path / "log").read_text().strip() == f"suivi answers on {address}/ until Ctrl+C."
