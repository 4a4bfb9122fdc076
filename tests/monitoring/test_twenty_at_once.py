"""Twenty people report at once through the real server: no error is shown, no update is lost."""

import json
import os
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from django.conf import settings
from django.db import connection
from django.test import Client

from suivi.core.commands import create_account
from suivi.core.models import Account
from suivi.organisation.commands import add_unit, grant_role
from suivi.plan.commands import assign_unit
from tests.cast import NOW, SLUG, at, words
from tests.monitoring.scene import Scene, build_scene
from tests.processes import address_of_database, said_by, start_python
from tests.server import served

PEOPLE = 20
SAVINGS = 3

_COUNT = """
import json
from suivi.monitoring.models import ProgressUpdate
rows = ProgressUpdate.objects.filter(unit__key__startswith="pier")
print(json.dumps({row.unit.key: [row.state, str(row.narrative), row.events.count()] for row in rows}))
"""


@dataclass
class Reporter:
    """Somebody with a browser of their own; every answer is kept with its status and address."""

    address: str
    session: str
    number: int
    seen: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        jar = CookieJar()
        jar.set_cookie(_cookie(settings.SESSION_COOKIE_NAME, self.session))
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(jar))

    def report(self, all_ready: Callable[[], object]) -> str:
        """Begin, save three times, and send; gives the last page."""
        path = f"/plans/{SLUG}/deliverables/1.1.1/report"
        start = self._open(path)
        all_ready()
        page, at = self._posted(path, start, do="start", unit="", round="2022-2")
        said = ""
        for saving in range(SAVINGS):
            said = f"Pier {self.number}, saved {saving + 1} times."
            page, at = self._posted(at, page, do="save", narrative=said)
        page, _at = self._posted(at, page, do="send", narrative=said)
        return page

    def _posted(self, path: str, page: str, **more: str) -> tuple[str, str]:
        """Send the form of a page; gives the page that follows, and its path."""
        token = _value(page, "csrfmiddlewaretoken")
        given = {"csrfmiddlewaretoken": token, **more}
        if "narrative" in more:
            given |= {
                "version": _value(page, "version"),
                "page": _value(page, "page"),
                "reported_on": "2022-12-31",
                "language": "en",
                **{f"{kind}-count": "0" for kind in ("items", "values", "support", "evidence")},
            }
        request = Request(f"{self.address}{path}", data=urlencode(given).encode())
        with self.opener.open(request, timeout=120) as answer:
            self.seen.append((answer.status, answer.url))
            return answer.read().decode(), answer.url.removeprefix(self.address)

    def _open(self, path: str) -> str:
        with self.opener.open(f"{self.address}{path}", timeout=120) as answer:
            self.seen.append((answer.status, answer.url))
            return answer.read().decode()


def _cookie(name: str, value: str) -> Cookie:
    """A cookie of the server on this machine, for as long as the browser is open."""
    place: dict[str, Any] = {"port": None, "port_specified": False, "path": "/", "path_specified": True}
    domain: dict[str, Any] = {
        "domain": "127.0.0.1",
        "domain_specified": False,
        "domain_initial_dot": False,
    }
    life: dict[str, Any] = {"secure": False, "expires": None, "discard": True}
    return Cookie(0, name, value, comment=None, comment_url=None, rest={}, **place, **domain, **life)


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, (name, page[:3000])
    return found.group(1)


def _people(scene: Scene) -> list[Account]:
    """A unit with a focal point for each, all responsible for the same deliverable."""
    people = []
    for number in range(PEOPLE):
        unit = add_unit(
            by=None,
            now=at(2020, 1, 1),
            key=f"pier-{number}",
            kind="country",
            name=words(f"Pier {number}"),
            short_name=f"PIER{number}",
            parent=scene.cast.region,
            starts_on=date(2019, 1, 1),
        )
        account = create_account(by=None, now=NOW, email=f"pier{number}@example.org", name=f"Pier {number}")
        grant_role(by=None, now=NOW, account=account, role="focal_point", scope=unit.scope)
        assign_unit(
            by=None,
            now=NOW,
            deliverable=scene.cast.deliverable("1.1.1"),
            unit=unit,
            role="responsible",
            starts_on=date(2021, 2, 1),
        )
        people.append(account)
    return people


def _session_of(account: Account) -> str:
    client = Client()
    client.force_login(account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_twenty_people_report_at_once(transactional_db: None, tmp_path: Path) -> None:
    scene = build_scene()
    sessions = [_session_of(account) for account in _people(scene)]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SUIVI_")},
        "SUIVI_DATA_DIR": str(tmp_path / "data"),
        "SUIVI_DATABASE_URL": address_of_database(tmp_path),
        "SUIVI_SECRET_KEY": settings.SECRET_KEY,
        "SUIVI_NOW": NOW.isoformat(),
        "SUIVI_DEMONSTRATION": "0",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    barrier = threading.Barrier(PEOPLE)
    with served(environment, tmp_path / "server.log") as address:
        reporters = [Reporter(address, session, number) for number, session in enumerate(sessions)]
        with ThreadPoolExecutor(PEOPLE) as pool:
            pages = list(pool.map(lambda one: one.report(lambda: barrier.wait(120)), reporters))
    greeting, *complaints = (tmp_path / "server.log").read_text().splitlines()
    assert "suivi answers on" in greeting
    assert complaints == []
    assert all(status == 200 for one in reporters for status, _url in one.seen)
    assert all(one.seen[-1][1] == f"{address}/mine" for one in reporters), pages[0][:2000]

    found = json.loads(said_by(start_python(_COUNT, environment["SUIVI_DATABASE_URL"])))
    assert found == {
        f"pier-{number}": ["submitted", f"Pier {number}, saved {SAVINGS} times.", 2]
        for number in range(PEOPLE)
    }
    connection.close()
