"""Every report of the demonstration in every language and format, as digests on standard output.

python -m tests.reporting.all_documents, with the settings of an installation in the environment.
"""

import hashlib
import json
import os
import sys
from datetime import date


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suivi.settings")
    import django

    django.setup()
    from django.conf import settings

    from suivi.plan.models import Plan
    from suivi.reporting.asked import Asked
    from suivi.reporting.kinds import FORMATS, KINDS, make_report

    day, plan = date(2023, 2, 15), Plan.objects.get()
    digests = {}
    for kind in KINDS.values():
        for language, _name in settings.LANGUAGES:
            asked = Asked(
                kind=kind.key,
                plan=plan,
                up_to=day,
                as_of=day,
                language=language,
                since=date(2022, 7, 1) if kind.compares else None,
                part=part_of(kind.part, plan),
            )
            for suffix in FORMATS:
                data = make_report(asked, suffix)
                digests[f"{kind.key} {language} {suffix}"] = hashlib.sha256(data).hexdigest()
    json.dump(digests, sys.stdout)


def part_of(part: str, plan: "object") -> str:
    """Some part of the plan, for the reports that are about one."""
    from suivi.organisation.models import Unit

    units = Unit.objects.order_by("key").values_list("key", flat=True)
    return {"": "", "unit": units[0], "region": units.filter(kind="regional")[0], "pillar": "1"}[part]


if __name__ == "__main__":
    main()
