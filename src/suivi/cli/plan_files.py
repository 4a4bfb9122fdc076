"""Plan files as they are named on the command line."""

import sys
from pathlib import Path

from suivi.documents import planfile
from suivi.documents.model import PlanDocument
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

LARGEST_BYTES = 32 * 2**20
_DOCUMENTS = {".docx", ".xlsx", ".pdf", ".txt", ".md", ".doc", ".xls"}


def read_plan_file(path: Path) -> tuple[bytes, PlanDocument]:
    """The bytes of a plan file and the plan in it.

    A broken file is refused whole (InputRefused); before, every complaint goes to stderr with its line.
    """
    if path.suffix.lower() in _DOCUMENTS:
        raise InputRefused(
            gettext_noop("%(name)s is a document, not a plan file."),
            {"name": path.name},
            gettext_noop(
                "Read it first: suivi plan read %(name)s -o plan.yaml; look it through; load plan.yaml."
            ),
        )
    data = _bytes_of(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(
            gettext_noop("%(name)s is not written in UTF-8 (byte %(byte)s)."),
            {"name": path.name, "byte": error.start + 1},
            gettext_noop("Save it as UTF-8."),
        ) from error
    try:
        return data, planfile.load(text)[0]
    except planfile.PlanFileRefused as refused:
        for finding in refused.findings:
            print(f"{path.name}: {finding}", file=sys.stderr)
        raise


def size_of(document: PlanDocument) -> str:
    """How many parts a plan has, in words."""
    counts = {
        "pillars": len(document.pillars),
        "actions": sum(1 for _ in document.actions()),
        "deliverables": sum(1 for _ in document.deliverables()),
    }
    return ", ".join(f"{name}: {count}" for name, count in counts.items())


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as handle:
        data = handle.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise InputRefused(
            gettext_noop("%(name)s is larger than %(limit)s MB."),
            {"name": path.name, "limit": LARGEST_BYTES // 2**20},
            gettext_noop("A plan file holds words only; check which file this is."),
        )
    return data
