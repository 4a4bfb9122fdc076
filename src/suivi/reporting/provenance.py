"""From what a document was made, as a table for people: on the verification sheet, and inside where asked."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from suivi.render.digest import digest_of
from suivi.render.document import Block, Cell, Column, Document, Heading, Row, Table


def with_provenance(document: Document, *, is_printed: bool) -> Document:
    """The document with its digest among the properties of the file; printed at its end where asked.

    The digest is that of the document without the printed part, which could not contain it otherwise.
    """
    about = document.metadata
    provenance = {**about.provenance, "digest": digest_of(document)}
    blocks: tuple[Block, ...] = document.blocks
    if is_printed:
        blocks = (*blocks, Heading(_("Provenance")), provenance_table(provenance))
    return replace(document, metadata=replace(about, provenance=provenance), blocks=blocks)


def provenance_table(provenance: Mapping[str, str], *first: tuple[str, str]) -> Table:
    """A row for each property, in the order in which people ask; `first` are rows before them."""
    rows = [*first, *_rows(provenance)]
    return Table(
        caption=_("From what this document was made"),
        columns=(Column(1), Column(3)),
        header=(Row((Cell(_("Property")), Cell(_("Value")))),),
        body=tuple(Row((Cell(label, is_header=True), Cell(value))) for label, value in rows),
    )


def _rows(provenance: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    labels = {
        "kind": _("Report"),
        "plan": _("Plan"),
        "paper": _("Paper"),
        "part": _("Part of the plan"),
        "edition": _("Edition"),
        "edition digest": _("Digest of the edition"),
        "since": _("Since"),
        "up to": _("Up to"),
        "as of": _("As of"),
        "language": _("Language"),
        "digest": _("Digest of the document"),
        "chain head": _("Head of the chain of approvals"),
        "version": _("Software"),
        "command": _("Command that makes it again"),
    }
    return ((label, provenance[name]) for name, label in labels.items() if provenance.get(name))
