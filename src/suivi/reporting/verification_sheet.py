"""The verification sheet: of which file it is, from what that was made, and how to check it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from suivi.render import render
from suivi.render.document import Block, BulletList, Cover, Document, Metadata, Paragraph, Run
from suivi.reporting.kinds import KINDS, format_of
from suivi.reporting.material import Material, gather
from suivi.reporting.provenance import provenance_table
from suivi.reporting.verification import Verification


def make_sheet(outcome: Verification, name: str, on: date, suffix: str) -> bytes:
    """The sheet of a file called `name` that was found equal on a day, in the language of the file."""
    wanted = format_of(suffix)
    with override(outcome.asked.language):
        material = gather(outcome.asked, outcome.edition)
        return render(_compose(outcome, name, on, material), wanted)


def _compose(outcome: Verification, name: str, on: date, material: Material) -> Document:
    kind = str(KINDS[outcome.asked.kind].name)
    metadata = material.metadata(_("Verification sheet"), kind)
    return Document(
        metadata=Metadata(
            title=metadata.title,
            subject=metadata.subject,
            language=metadata.language,
            author=metadata.author,
            created_on=on,
        ),
        cover=Cover(organisation=material.body, subtitle=kind),
        notice=material.notice,
        contents=False,
        blocks=tuple(_blocks(outcome, name, on, material)),
    )


def _blocks(outcome: Verification, name: str, on: date, material: Material) -> Iterator[Block]:
    day = material.typography.day
    yield Paragraph(
        _(
            "On %(day)s this file was made again from the record and compared: every text, number and date "
            "was equal."
        )
        % {"day": day(on)},
        role="lead",
    )
    yield provenance_table(outcome.file.provenance, (_("File"), name), ("SHA-256", outcome.sha256))
    yield Paragraph(_("How anyone can check it:"))
    yield BulletList(
        (
            _("in the pages, under Documents, choose “Check a document” and give the file;"),
            (Run(_("or on the command line: ")), Run(f"suivi report verify {name}", bold=True), Run(";")),
            _("or make the document again with the command above and read both side by side;"),
            _(
                "the digest of the document is that of its texts, numbers and dates: it stays the same when "
                "another program saves the file again, while SHA-256, that of the bytes, does not."
            ),
        )
    )
