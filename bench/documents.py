"""How long documents take: the paper of the demonstration in a running process, the annex of a large plan.

python -m bench.documents          the demonstration, then the annex, each in processes of their own
python -m bench.documents --annex  the annex alone, of a plan that stands in SUIVI_DATA_DIR
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product

from bench.states import make, set_up
from bench.tables import Result, as_json, from_json

# What the team wants to reach; the nearest peers take minutes for the Word file of a plan of this size.
LIMIT_SECONDS = {"docx": 1.0, "pdf": 1.5, "html": 0.5}
LIMIT_ALL = 10.0
PAPER = "mid-term-review"
LANGUAGES = ("en", "fr", "es")
ROUNDS = 3
ANNEX, DELIVERABLES, UPDATES_EACH = "evidence-annex", 2_000, 5
LIMIT_ANNEX, LIMIT_MEGABYTES = 15.0, 500.0
DAY = date(2023, 2, 15)


def measure_demonstration() -> list[Result]:
    """The paper in each format and in all nine, after one round that is discarded; the slowest of three."""
    from suivi.demonstration.load import load_demonstration
    from suivi.plan.models import Plan
    from suivi.reporting.asked import Asked
    from suivi.reporting.kinds import make_report

    load_demonstration()
    plan = Plan.objects.get()
    wanted = list(product(LANGUAGES, LIMIT_SECONDS))
    rounds: list[dict[tuple[str, str], float]] = []
    for _ in range(ROUNDS + 1):
        took = {}
        for language, suffix in wanted:
            asked = Asked(kind=PAPER, plan=plan, up_to=DAY, as_of=DAY, language=language)
            took[language, suffix] = _seconds(partial(make_report, asked, suffix))
        rounds.append(took)
    counted = rounds[1:]
    each = [
        Result(f"{PAPER}, {suffix.upper()}", max(one["fr", suffix] for one in counted), "s", limit, "limit")
        for suffix, limit in LIMIT_SECONDS.items()
    ]
    whole = max(sum(one.values()) for one in counted)
    return [*each, Result(f"{PAPER}, nine documents in all", whole, "s", LIMIT_ALL, "limit")]


def measure_annex() -> list[Result]:
    """The annex as DOCX and PDF: the time of both, and the memory of this process and its largest child."""
    from suivi.plan.models import Plan
    from suivi.reporting.asked import Asked
    from suivi.reporting.kinds import make_report

    asked = Asked(kind=ANNEX, plan=Plan.objects.get(), up_to=DAY, as_of=DAY, language="en")
    took = sum(_seconds(partial(make_report, asked, suffix)) for suffix in ("docx", "pdf"))
    kilobytes = sum(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    what = f"{ANNEX} of {DELIVERABLES:,} deliverables, DOCX and PDF"
    return [
        Result(what, took, "s", LIMIT_ANNEX, "limit"),
        Result(f"{what}, memory with the child", kilobytes / 1024, "MB", LIMIT_MEGABYTES, "limit"),
    ]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _annex_of_a_large_plan() -> list[Result]:
    """Make the plan in one process and measure in another, so that making it counts for nothing."""
    with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
        environment = {**os.environ, "SUIVI_DATA_DIR": folder}
        for step in ("--make", "--annex"):
            done = subprocess.run(
                [sys.executable, "-m", "bench.documents", step],
                env=environment, stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
        return from_json(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure in a folder of its own and print the results as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--annex", action="store_true")
    chosen = parser.parse_args()
    if chosen.make or chosen.annex:
        set_up(os.environ["SUIVI_DATA_DIR"])
        if chosen.make:
            make([DELIVERABLES], 50, UPDATES_EACH)
        else:
            sys.stdout.write(as_json(measure_annex()))
        return
    annex = _annex_of_a_large_plan()
    with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
        os.environ["SUIVI_DEMONSTRATION"] = "1"
        set_up(folder)
        from django.db import connection

        sys.stdout.write(as_json([*measure_demonstration(), *annex]))
        connection.close()


if __name__ == "__main__":
    main()
