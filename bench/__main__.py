"""`make bench`: measure everything and write docs/explanation/performance.md."""

import os
import platform
import subprocess
import sys
from pathlib import Path

from bench.reading import measure as measure_reading
from bench.tables import Result, from_json, table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "performance.md"
INTRODUCTION = """# Performance

Written by `make bench`, which measures everything again; the figures are those of the machine named here.
A ratio under 1 is better than the limit or the peer of the same run.
"""
PAGES = """
## Pages

A made-up portfolio of 200 plans, 10,000 deliverables, 100 units and 30,000 milestones. One process, through
the whole stack without the network; 95 of 100 answers took at most the time shown. The number of queries does
not grow with the plan. What a page showed is kept until something is written that may change it (see
[how pages are kept quick](../decisions/0014-answers-are-kept-until-the-trail-moves.md)). "After" something
was written before each answer: a unit was renamed, which concerns all plans, or a milestone was added to one
deliverable of the plan. "First look": nothing was kept, as in a process that has just started.
"""
STANDING = """
## Where deliverables stand

The data of the plan page with the states of all its deliverables, computed from the record: none is stored.
S has the size of the real plan. On SQLite, the median of twenty readings in one process; then the whole page
as ten clients see it.
"""
ORGANISATION = """
## An organisation

Made up: 500 units, 25 plans with 400 deliverables each, ten rounds, in one process. Of the dashboards whole
pages, as a client gets them, of the others their data; at the median the data beside statements written by
hand that fetch the rows of the same question and do nothing with them. "After": something was written before
each answer; "first look": nothing was kept. A working day: the dashboards of all plans in turn, each looked
at before; an update is approved in some plan before every fourth answer, a unit renamed before every 50th.
"""
READING = """
## Reading a plan

`suivi plan read` of a made-up plan with 2,000 deliverables: whole processes, their start included.
"""
DOCUMENTS = """
## Documents

The mid-term review of the demonstration with its 32 deliverables, in French, figures included, and all nine
documents in three languages, in a running process; the slowest of three after one that is discarded. The
annex of 2,000 made-up deliverables in a process of its own; the memory is that of the process and its child.
"""
WORKBOOK = """
## The workbook of a round

400 deliverables of one unit, each with a row of words, one of support and three steps of a ladder; filled in
and saved by another program. In a running process, on SQLite; the best of five.
"""
IATI_CHECK = """
## Checking IATI files

`suivi iati check`, all checks, of 4,358 real activities: seconds that one core worked for the whole process,
its start included; medians of five, taken in turn with xmllint, which holds the file against the XML schema
and does no more. For two processes, the time on the clock, which other work on the machine lengthens. The
large file is the same content repeated. iatikit is given its schemas and code lists, so it runs offline.
"""
IATI_TABLES = """
## IATI files as tables

`suivi iati flatten` of 4,358 real activities: seconds that one core worked for the whole process, its start
included; medians of three, taken in turn with the peers. The large file is the same content repeated. A bare
reading is lxml going through the file and doing nothing with it.
"""


def main() -> None:
    """Measure part by part, each in processes of its own, and write the page."""
    parts = []
    for heading, results in (
        (PAGES + "\nOn SQLite:\n", _measured("bench.pages")),
        (
            "\nOn PostgreSQL:\n",
            _measured("tests.postgres", "--", sys.executable, "-m", "bench.pages", "--json"),
        ),
        (
            STANDING,
            [
                result
                for asked in (["--shape", "S"], ["--shape", "M"], ["--shape", "L"], ["--server"])
                for result in _measured("bench.states", *asked)
            ],
        ),
        (
            ORGANISATION + "\nOn SQLite, 100,000 approved updates:\n",
            _measured("bench.states", "--organisation"),
        ),
        (
            "\nOn PostgreSQL, 1,000,000 approved updates:\n",
            _measured("tests.postgres", "--", sys.executable, "-m", "bench.states", "--organisation"),
        ),
        (READING, measure_reading()),
        (DOCUMENTS, _measured("bench.documents")),
        (WORKBOOK, _measured("bench.workbook", "--json")),
        (IATI_CHECK, _measured("bench.iati_check")),
        (IATI_TABLES, _measured("bench.iati_tables")),
    ):
        if results:
            print(heading, table(results), sep="\n", flush=True)
            parts.append(f"{heading}\n{table(results)}\n")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("".join([INTRODUCTION, f"\nMachine: {_machine()}.\n", *parts]), encoding="utf-8")


def _measured(module: str, *arguments: str) -> list[Result]:
    options = ["--json"] if module == "bench.pages" else []
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments, *options], stdout=subprocess.PIPE, text=True, check=True
    )
    return from_json(done.stdout.splitlines()[-1])


def _machine() -> str:
    load = os.getloadavg()[2]
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; at the end "
        f"{load:.1f} processes wanted a core on average, the measured ones included"
    )


if __name__ == "__main__":
    main()
