"""A workbook of 2,000 rows of a round: given out, read and compared with the record, in a running process.

python -m bench.workbook [--json]; on PostgreSQL: python -m tests.postgres -- python -m bench.workbook
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from bench.tables import Result, as_json, table

DELIVERABLES = 400  # of each: one row of words, one of support, three steps
ROWS = 2_000
START = date(2019, 1, 1)
LIMIT_SECONDS = 3.0
LIMIT_MEGABYTES = 250
REPEATS = 5


def measure() -> list[Result]:
    """The best of five of each; openpyxl's own reading of the same file in the same run is the peer."""
    import openpyxl
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from suivi.exchange.round_workbook.form import workbook_of
    from suivi.exchange.round_workbook.preview import preview_of
    from suivi.workbooks.comparing import Verdict

    unit, round, now = _build()
    given = workbook_of(by=None, now=now, unit=unit, round=round, language="en")
    filled = _filled(given)
    preview = preview_of(filled, by=None, now=now)
    assert len(preview.rows()) == ROWS, len(preview.rows())
    assert preview.counts()[Verdict.NEW] + preview.counts()[Verdict.CHANGED] == 2 * DELIVERABLES
    with CaptureQueriesContext(connection) as queries:
        preview_of(filled, by=None, now=now)
    read = _best(lambda: preview_of(filled, by=None, now=now))
    wrote = _best(lambda: workbook_of(by=None, now=now, unit=unit, round=round, language="en"))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer = _best(lambda: openpyxl.load_workbook(BytesIO(filled)))
    what = f"workbook of {ROWS:,} rows"
    return [
        Result(f"{what}: read and compared", read, "s", LIMIT_SECONDS, "limit", len(queries)),
        Result(f"{what}: read and compared, against openpyxl's loading", read, "s", peer, "openpyxl"),
        Result(f"{what}: written", wrote, "s", LIMIT_SECONDS, "limit"),
        Result("memory of the process that does it", memory, "MB", LIMIT_MEGABYTES, "limit"),
    ]


def _best(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def _build() -> Any:
    """A made-up plan of which one unit is asked everything; each deliverable climbs a ladder of three."""
    from datetime import UTC, datetime

    from suivi.documents.model import Action, Deliverable, Header, Pillar, PlanDocument
    from suivi.monitoring.commands.rounds import open_round
    from suivi.monitoring.commands.sheets import RungGiven, describe_ladder, write_sheet
    from suivi.organisation.commands import add_unit
    from suivi.plan.commands import DecisionGiven, assign_unit, load_plan
    from suivi.plan.models import Deliverable as Stored
    from suivi.values.text import Text

    def words(text: str) -> Text:
        return Text.of(text, "en")

    now = datetime(2023, 2, 15, 11, tzinfo=UTC)
    given = {"by": None, "now": now}
    year = {"window": "2022-2023", "starts_on": date(2022, 1, 1), "ends_on": date(2023, 12, 31)}
    deliverables = [
        Deliverable(number=f"1.1.{n}", text=words(f"Made-up deliverable {n}, in one sentence"), **year)
        for n in range(1, DELIVERABLES + 1)
    ]
    action = Action(number="1.1", text=words("Do"), deliverables=deliverables)
    document = PlanDocument(
        header=Header(language="en", title=words("Made-up plan")),
        pillars=[Pillar(number="1", title=words("One"), actions=[action])],
    )
    loaded = load_plan(**given, slug="made-up", document=document, decision=DecisionGiven(date(2022, 1, 1)))
    unit = add_unit(
        **given,
        key="unit",
        kind="headquarters",
        name=words("Unit"),
        short_name="U",
        starts_on=date(2019, 1, 1),
    )
    edition = loaded.edition
    rungs = [RungGiven(key, words(key)) for key in ("drafted", "tested", "used")]
    describe_ladder(**given, edition=edition, key="ladder", name=words("Ladder"), rungs=rungs)
    stored = list(Stored.objects.filter(plan=edition.plan))
    for one in stored:
        write_sheet(**given, deliverable=one, edition=edition, kind="ladder", ladder="ladder")
        assign_unit(**given, deliverable=one, unit=unit, role="accountable", starts_on=date(2022, 1, 1))
    round = open_round(
        **given,
        plan=edition.plan,
        key="one",
        title=words("One"),
        period_starts_on=date(2022, 7, 1),
        period_ends_on=date(2022, 12, 31),
        opens_on=date(2023, 1, 10),
        due_on=date(2023, 2, 28),
        asked=[(one, unit) for one in stored],
    )
    return unit, round, now


def _filled(data: bytes) -> bytes:
    """The workbook with a sentence and a step for each deliverable, saved by another program."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data))
    for row in book["Updates"].iter_rows(min_row=4):
        row[6].value = "What was done, told in a sentence of a usual length for such a workbook. " * 3
    for number, row in enumerate(book["Steps"].iter_rows(min_row=4)):
        if number % 3 == 0:
            row[6].value = date(2022, 11, 20)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def main() -> None:
    """Measure in a folder of its own, and print a table, or JSON where it is asked for."""
    with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
        os.environ |= {"SUIVI_DATA_DIR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        results = measure()
        sys.stdout.write(as_json(results) if "--json" in sys.argv else f"{table(results)}\n")
        connection.close()


if __name__ == "__main__":
    main()
