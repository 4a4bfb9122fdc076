"""How long the pages of a large portfolio take: half of the answers, 95 in a hundred, and their queries.

    python -m bench.pages [--requests 60]

Measures in one process on a database of its own (SQLite in a temporary folder, or the empty database that
SUIVI_DATABASE_URL names), through Django's whole stack without the network. Prints a table; asserts nothing.
Of some pages also the answers after something was written each time, and those of a process that has just
started and keeps nothing.
"""

import argparse
import os
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.tables import Result, as_json

if TYPE_CHECKING:
    from django.test import Client

    from suivi.core.models import Account

LIMIT_MS = 100.0
WARM_UP = 3


@dataclass(frozen=True)
class Measured:
    """The answers of one page. Times are in milliseconds."""

    name: str
    half_ms: float
    slow_ms: float  # 95 of 100 answers took at most this long
    busy_ms: float  # the processor of this process for half of the answers, whatever else the machine does
    queries: int
    kilobytes: float

    @property
    def result(self) -> Result:
        """The figure that has a limit."""
        return Result(self.name, self.slow_ms, "ms", LIMIT_MS, "limit", self.queries)


def measure_pages(requests: int = 60) -> list[Measured]:
    """Make the portfolio in an empty, migrated database and measure its pages."""
    from bench import changes
    from bench.portfolio import make_portfolio
    from suivi.web.wsgi import settle_memory

    started = time.perf_counter()
    portfolio = make_portfolio()
    print(f"portfolio made in {time.perf_counter() - started:.1f} s")
    small, large = (f"/plans/{portfolio.slug_of(size)}" for size in (50, 2000))
    unit = f"/units/{portfolio.units[42]}"
    pages = {
        "overview, 50 deliverables": small,
        "overview, 2,000 deliverables": large,
        "overview, 2,000, searched": f"{large}?q=deliverable+1.1",
        "overview, 2,000, by unit and gap": f"{large}?unit={portfolio.units[1]}&assigned=gap",
        "overview, 2,000, sorted by title": f"{large}?sort=title",
        "pillar of 2,000": f"{large}/pillars/1",
        "deliverable": f"{large}/deliverables/1.1.1",
        "units": "/units",
        "unit": unit,
        "unit, one plan": f"{unit}?plan={portfolio.slug_of(2000)}",
        "region, units below": f"/units/{portfolio.units[1]}?below=1",
        "all units below the root": f"/units/{portfolio.units[0]}?below=1",
    }
    again = [*pages][:2] + [name for name in pages if name.endswith(("of 2,000", "below", "the root"))]
    of_large = [name for name in again if "2,000" in name]
    client = signed_in(portfolio.manager)
    for address in pages.values():
        client.get(address)
    settle_memory()  # as the server does when it starts
    add_step = changes.new_steps(portfolio.slug_of(2000))
    looks = [
        *((name, name, _nothing) for name in pages),
        *((name, f"{name}, {changes.AFTER_A_NAME}", changes.rename_a_unit) for name in again),
        *((name, f"{name}, {changes.AFTER_A_STEP}", add_step) for name in of_large),
        *((name, f"{name}, {changes.NOTHING_KEPT}", changes.forget) for name in [*again, "deliverable"]),
    ]
    return [_measure(client, what, pages[name], requests, before) for name, what, before in looks]


def _nothing() -> None:
    """Nobody writes between two answers."""


def signed_in(account: "Account") -> "Client":
    """A client signed in as this account."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    return client


def _measure(
    client: "Client", name: str, address: str, requests: int, before: Callable[[], None]
) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM_UP):
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
    before()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured.captured_queries)  # at once: the next request empties the log
    times, busy = [], []
    for _ in range(requests):
        before()
        started, worked = time.perf_counter(), time.process_time()
        client.get(address)
        busy.append(1000 * (time.process_time() - worked))
        times.append(1000 * (time.perf_counter() - started))
    slow = statistics.quantiles(times, n=20)[-1]
    return Measured(
        name, statistics.median(times), slow, statistics.median(busy), queries, len(answer.content) / 1024
    )


def print_table(rows: Sequence[Measured]) -> None:
    """One line for each page."""
    print(f"{'page':48} {'p50 ms':>8} {'p95 ms':>8} {'busy ms':>8} {'of limit':>9} {'queries':>8} {'kB':>6}")
    for row in rows:
        print(
            f"{row.name:48} {row.half_ms:8.1f} {row.slow_ms:8.1f} {row.busy_ms:8.1f} {row.result.ratio:9.2f} "
            f"{row.queries:8} {row.kilobytes:6.0f}"
        )


def main() -> None:
    """Set up Django on a folder of its own, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--requests", type=int, default=40, help="how often each page is asked for")
    parser.add_argument("--json", action="store_true", help="print the results for another process")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
        os.environ |= {"SUIVI_DATA_DIR": folder, "SUIVI_NOW": "2023-02-15"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        warnings.filterwarnings("ignore", "No directory at")  # nothing is collected for a measurement
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        rows = measure_pages(asked.requests)
        if asked.json:
            connection.close()
            print(as_json([row.result for row in rows]))
            return
        print(f"{connection.vendor}, {asked.requests} requests each, limit {LIMIT_MS:.0f} ms")
        print_table(rows)
        connection.close()


if __name__ == "__main__":
    main()
