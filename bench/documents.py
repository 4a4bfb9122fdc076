"""How long the documents of the demonstration take, in a running process; the first of each is discarded.

python -m bench.documents
"""

import os
import sys
import tempfile
import time

from bench.tables import Result, as_json

# What the team wants to reach; the nearest peers take minutes for the Word file of a plan of this size.
LIMIT_SECONDS = {"docx": 1.0, "pdf": 1.5, "html": 0.5}
ROUNDS = 3


def measure() -> list[Result]:
    """The management plan and the overview in each format, the slowest of three."""
    from datetime import date

    from suivi.demonstration.load import load_demonstration
    from suivi.plan.models import Plan
    from suivi.reporting.asked import Asked
    from suivi.reporting.kinds import KINDS, make_report

    load_demonstration()
    plan, results = Plan.objects.get(), []
    day = date(2023, 2, 15)
    for kind in KINDS:
        asked = Asked(kind=kind, plan=plan, up_to=day, as_of=day, language="fr")
        for suffix, limit in LIMIT_SECONDS.items():
            times = []
            for _ in range(ROUNDS + 1):
                started = time.perf_counter()
                make_report(asked, suffix)
                times.append(time.perf_counter() - started)
            results.append(Result(f"{kind}, {suffix.upper()}", max(times[1:]), "s", limit, "limit"))
    return results


def main() -> None:
    """Measure in a folder of its own and print the results as JSON."""
    with tempfile.TemporaryDirectory(prefix="suivi-bench-") as folder:
        os.environ |= {"SUIVI_DATA_DIR": folder, "SUIVI_DEMONSTRATION": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        sys.stdout.write(as_json(measure()))
        connection.close()


if __name__ == "__main__":
    main()
