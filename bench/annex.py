"""The annex of evidence of a plan with 2,000 deliverables and 20,000 updates: seconds and memory.

    python -m bench.annex

Each format is made in a process of its own, on SQLite; its start is included, and the memory of the children
that it starts.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time

from bench.states import _queries, make, set_up
from bench.tables import Result, as_json, from_json

DELIVERABLES, UPDATES_EACH, UNITS = 2_000, 10, 100
LIMIT_SECONDS, LIMIT_MB = 15.0, 500.0
FORMATS = ("docx", "pdf")


def measure(suffix: str) -> list[Result]:
    """Make the annex once in this process."""
    from bench.portfolio import DAY
    from suivi.plan.models import Plan
    from suivi.reporting.asked import Asked
    from suivi.reporting.kinds import compose_report, make_report

    plan = Plan.objects.get()
    asked = Asked(kind="evidence-annex", plan=plan, up_to=DAY, as_of=DAY, language="en")
    started = time.perf_counter()
    size = len(make_report(asked, suffix))
    seconds = time.perf_counter() - started
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    megabytes = sum(resource.getrusage(one).ru_maxrss for one in who) / 1024
    queries = _queries(lambda: compose_report(asked))
    what = f"annex of {DELIVERABLES:,} deliverables, {suffix.upper()} of {size / 2**20:.1f} MB"
    return [
        Result(what, seconds, "s", LIMIT_SECONDS, "limit", queries),
        Result(f"{what}, memory with children", megabytes, "MB", LIMIT_MB, "limit"),
    ]


def measure_all() -> list[Result]:
    """Make the plan, then each format in a process that made nothing."""
    with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
        set_up(folder)
        make([DELIVERABLES], UNITS, UPDATES_EACH)
        results = []
        for suffix in FORMATS:
            done = subprocess.run(
                [sys.executable, "-m", "bench.annex", "--measure", folder, suffix],
                env=os.environ, stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
            results += from_json(done.stdout.splitlines()[-1])
        return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--measure", nargs=2, metavar=("FOLDER", "FORMAT"))
    asked = parser.parse_args()
    if asked.measure:
        set_up(asked.measure[0])
        print(as_json(measure(asked.measure[1])))
    else:
        print(as_json(measure_all()))


if __name__ == "__main__":
    main()
