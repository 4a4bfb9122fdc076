"""How long it takes to say where deliverables stand, from a plan of the usual size to a large organisation.

    python -m bench.states --shape S|M|L   data of the plan page with its states, on SQLite
    python -m bench.states --server        answers a second of two processes to ten clients, on SQLite
    python -m bench.states --organisation  500 units, 10,000 deliverables; a million updates on PostgreSQL
                                           (the empty database that SUIVI_DATABASE_URL names), else 100,000

Each makes a database of its own, in bulk, and prints its results as JSON.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.tables import Result, as_json

if TYPE_CHECKING:
    from django.test import Client

    from suivi.core.models import Account
    from suivi.plan.models import Edition


class Shape(NamedTuple):
    """A plan: deliverables, questions of rounds (ten rounds), approved updates; and what is to be reached."""

    deliverables: int
    updates_each: int
    limit_seconds: float


SHAPES = {"S": Shape(32, 30, 0.05), "M": Shape(200, 50, 0.15), "L": Shape(1000, 50, 0.4)}
PLANS, EACH = 25, 400
LIMIT_MS, LIMIT_MB = 150.0, 250.0
CLIENTS, SECONDS, REQUESTS_A_SECOND = 10, 8.0, 100.0
ROUNDS, DAY_ANSWERS = 20, 200


def set_up(folder: str) -> None:
    """Django on a data folder, its tables made."""
    os.environ |= {"SUIVI_DATA_DIR": folder, "SUIVI_NOW": "2023-02-15"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import warnings

    import django
    from django.core.management import call_command

    warnings.filterwarnings("ignore", "No directory at")  # nothing is collected for a measurement
    django.setup()
    call_command("migrate", verbosity=0)


def make(sizes: list[int], units: int, updates_each: int) -> None:
    """Plans of these sizes with their record, and the statistics that a server gathers by itself."""
    from django.db import connection

    from bench.portfolio import make_portfolio
    from bench.record import make_record

    make_portfolio(units=units, sizes=sizes)
    make_record(updates_each)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def measure_shape(name: str) -> Result:
    """The data of the plan page with its states: the median of many readings."""
    from bench.portfolio import DAY
    from suivi.monitoring.queries.states import states_of
    from suivi.plan.queries.overview import overview_of, words_of_lines

    shape = SHAPES[name]
    make([shape.deliverables], 20, shape.updates_each)
    edition = _edition("invented-plan-1")

    def page() -> None:
        lines = overview_of(edition, DAY, is_inside=True).lines
        words_of_lines([line.pk for line in lines])
        states_of(edition, DAY, DAY)

    updates = shape.deliverables * shape.updates_each
    what = f"{name}: {shape.deliverables:,} deliverables, {updates:,} updates"
    times = _times(page)
    return Result(what, statistics.median(times), "s", shape.limit_seconds, "limit", _queries(page))


def measure_server(folder: str) -> Result:
    """How many answers a second two processes give to ten clients on the plan page at S, signed in."""
    from bench.pages import signed_in
    from suivi.core.models import Account

    shape = SHAPES["S"]
    make([shape.deliverables], 20, shape.updates_each)
    client = signed_in(Account.objects.get(email="bench@example.org"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    with _Server(Path(folder)) as port:
        answers = _ask(port, "/plans/invented-plan-1", cookie)
    # Less is better in these tables: the time between two answers.
    return Result(
        f"plan page at S, {CLIENTS} clients, two processes: {answers / SECONDS:.0f} answers a second",
        1000 * SECONDS / max(answers, 1), "ms an answer", 1000 / REQUESTS_A_SECOND, "limit",
    )  # fmt: skip


class _Server:
    """`suivi serve` with two processes on a free port of the loopback, for the length of a block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> int:
        from tests.server import _free_port

        port: int = _free_port()
        program = "import sys; from suivi.cli.main import main; sys.exit(main())"
        environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        with (self.folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", program, "serve", "--port", str(port), "--workers", "2"],
                env=environment, stdout=log, stderr=log,
            )  # fmt: skip
        _wait(port, self.process)
        return port

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _ask(port: int, path: str, cookie: str) -> int:
    """How many answers ten clients got in the time; each asks again as soon as it has its answer."""
    counts = [0] * CLIENTS
    failures: list[int] = []
    end = time.monotonic() + SECONDS

    def run(place: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            connection.request("GET", path, headers={"Cookie": cookie, "Host": f"127.0.0.1:{port}"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                failures.append(answer.status)
                return
            counts[place] += 1

    threads = [threading.Thread(target=run, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"the server answered {failures[0]}")
    return sum(counts)


def measure_organisation() -> list[Result]:
    """Mine, review queue and dashboards of an organisation, each beside statements written by hand.

    Of the dashboards whole pages are measured against the limit.
    """
    from datetime import date

    from bench import by_hand, changes
    from bench.pages import signed_in
    from bench.portfolio import DAY
    from suivi.core.models import Account
    from suivi.monitoring.queries.dashboard import dashboard_of
    from suivi.monitoring.queries.mine import mine_of
    from suivi.monitoring.queries.queue import review_queue, waiting
    from suivi.organisation.queries import authority_of, unit_tree

    edition = _edition("invented-plan-3")
    plan, earlier = edition.plan, date(2022, 6, 30)
    focal_point = _focal_point()
    unit = focal_point.grants.get().scope.unit.pk

    def mine() -> None:
        mine_of(authority_of(focal_point, DAY), unit_tree(DAY))

    def queue() -> None:
        waiting(review_queue(plan)[:20])

    def data(day: date) -> Callable[[], None]:
        return lambda: _grouped(dashboard_of(edition, day, day))

    client = signed_in(Account.objects.get(email="bench@example.org"))

    def page(day: date) -> Callable[[], None]:
        return lambda: _answered(client.get(f"/plans/{plan.slug}/standing?as_of={day}"))

    approve = changes.approvals(plan.slug)
    results = [
        _slow("mine", mine),
        _half("mine", mine, lambda: by_hand.mine(unit, DAY)),
        _slow("review queue, first twenty", queue),
        _half("review queue, first twenty", queue, lambda: by_hand.queue(plan.pk)),
    ]
    for name, day in (("dashboard", DAY), ("dashboard as of 30 June 2022", earlier)):
        results += [
            _slow(f"page of the {name}", page(day)),
            _slow(f"page of the {name}, {changes.AFTER_AN_APPROVAL}", page(day), approve),
            _slow(f"page of the {name}, {changes.AFTER_A_NAME}", page(day), changes.rename_a_unit),
            _slow(f"page of the {name}, {changes.NOTHING_KEPT}", page(day), changes.forget, ROUNDS),
            _half(f"data of the {name}", data(day), partial(by_hand.dashboard, edition, day)),
        ]
    return [*results, _of_a_day(client), _memory()]


def _of_a_day(client: "Client") -> Result:
    """The dashboards of all plans in turn, looked at once before, while people write as on a working day."""
    from bench import changes
    from bench.portfolio import DAY

    slugs = [f"invented-plan-{number}" for number in range(1, PLANS + 1)]
    pages = cycle([f"/plans/{slug}/standing?as_of={DAY}" for slug in slugs])
    for _slug in slugs:
        client.get(next(pages))
    times = _times(lambda: _answered(client.get(next(pages))), DAY_ANSWERS, changes.a_day(slugs))
    slow = 1000 * statistics.quantiles(times, n=20)[-1]
    return Result("pages of 25 dashboards on a working day, 95 of 100", slow, "ms", LIMIT_MS, "limit")


def _answered(answer: Any) -> None:
    if answer.status_code != 200:
        raise SystemExit(f"the page answered {answer.status_code}")


def _grouped(dashboard: Any) -> None:
    """What a page shows of it."""
    _ = (dashboard.by_pillar, dashboard.by_unit, dashboard.by_region, dashboard.by_window)
    _ = (dashboard.late, dashboard.due, dashboard.unassigned, dashboard.silent)


def _slow(
    name: str,
    ours: Callable[[], None],
    before: Callable[[], None] = lambda: None,
    rounds: int = 2 * ROUNDS,
) -> Result:
    """What 95 of 100 runs took at most, against the limit; `before` is done before each run."""
    times = _times(ours, rounds, before)
    before()
    slow = 1000 * statistics.quantiles(times, n=20)[-1]
    return Result(f"{name}, 95 of 100", slow, "ms", LIMIT_MS, "limit", _queries(ours))


def _half(name: str, ours: Callable[[], None], hand: Callable[[], None]) -> Result:
    """What half of the runs took, against the statements written by hand."""
    half, by_hand = (1000 * statistics.median(_times(one, 2 * ROUNDS)) for one in (ours, hand))
    return Result(f"{name}, half", half, "ms", by_hand, "SQL by hand")


def _memory() -> Result:
    """The most that this process, which has answered all of the above, has held."""
    import resource

    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result("memory of the process", megabytes, "MB", LIMIT_MB, "limit")


def _focal_point() -> "Account":
    from bench.portfolio import RECORDED
    from suivi.core.models import Account
    from suivi.organisation.models import Grant, Unit

    account, is_new = Account.objects.get_or_create(
        email="focal@example.org", defaults={"name": "Invented Focal Point", "created_at": RECORDED}
    )
    if is_new:
        scope = Unit.objects.get(key="unit-42").scope
        Grant.objects.create(account=account, role="focal_point", scope=scope, recorded_at=RECORDED)
    return account


def _edition(slug: str) -> "Edition":
    from suivi.plan.models import Edition

    return Edition.objects.select_related("plan").get(plan__slug=slug)


def _times(
    run: Callable[[], None], rounds: int = ROUNDS, before: Callable[[], None] = lambda: None
) -> list[float]:
    """Seconds of each run, the first left out."""
    run()
    times = []
    for _ in range(rounds):
        before()
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return times


def _queries(run: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured.captured_queries)


def _in_child(arguments: list[str], environment: Mapping[str, str]) -> str:
    """Measure in a process that made nothing, so that its memory is that of an answering one."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.states", *arguments],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()[-1]


def main() -> None:
    """Make what is asked for and measure it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shape", choices=SHAPES)
    parser.add_argument("--server", action="store_true")
    parser.add_argument("--organisation", action="store_true")
    parser.add_argument("--measure", metavar="FOLDER", help="measure the organisation that was made there")
    asked = parser.parse_args()
    if asked.measure:
        set_up(asked.measure)
        print(as_json(measure_organisation()))
        return
    with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
        set_up(folder)
        from django.db import connection

        if asked.shape:
            print(as_json([measure_shape(asked.shape)]))
        elif asked.server:
            print(as_json([measure_server(folder)]))
        elif asked.organisation:
            updates = 1_000_000 if connection.vendor == "postgresql" else 100_000
            make([EACH] * PLANS, 500, updates // (PLANS * EACH))
            connection.close()
            print(_in_child(["--measure", folder], os.environ))
        connection.close()


if __name__ == "__main__":
    main()
