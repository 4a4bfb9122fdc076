"""Holding a file against the record: who made it says how to make it again, and both are compared.

Equal means every text, number and date. A file that another program saved again is still equal; whether it is
the same to the byte is said apart.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from suivi.core.clock import end_of
from suivi.monitoring.queries.later import LaterLink, later_links
from suivi.plan.models import Edition
from suivi.plan.queries import edition_on
from suivi.render import render
from suivi.render.document import Document
from suivi.render.house import template_digest
from suivi.render.lines import lines_of
from suivi.render.reading import FileText, read_file
from suivi.render.reading.comparison import Difference, differences
from suivi.render.reading.docx import HEAD_OR_FOOT
from suivi.reporting.asked import Asked
from suivi.reporting.corrections import corrections_of
from suivi.reporting.kinds import compose_report
from suivi.reporting.queries.issued import Issued, Rewritten, issued_file, rewritten_since
from suivi.values.errors import InputRefused, NotFound

_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_NOT_COMPARED = frozenset(("digest", "version", "chain head"))  # each is judged for itself


class Cause(StrEnum):
    """Why a file is not what the record gives today."""

    FILE = "file"  # the file was changed after it was made
    RECORD = "record"  # the record took in more that speaks of those days
    SOFTWARE = "software"  # the file was made by another version
    TEMPLATE = "template"  # the Word file was made with another template of the organisation


@dataclass(frozen=True)
class Found:
    """A difference, with the numbers of the deliverables that it is about, as far as they can be told."""

    difference: Difference
    deliverables: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The outcome. `is_equal`: every text, number and date; `is_same_file`: every byte.

    `properties` are those that say something else than the record, name to both. `later` came into the record
    on the days the file speaks of, after it was made; `since` came in later than the day as of which it
    speaks, so that the file is right as of its day. `has_head` is false where the chain lost the file's head.

    `issued` is the file of its paper that was given out, `rewritten` what was written in the sections since,
    `corrected` how many places would read otherwise today. No file is made with corrections that came after
    its day (a corrigendum has a day of its own), so that its properties need not name how far they reach.
    """

    file: FileText
    asked: Asked
    edition: Edition
    digest: str
    version: str
    sha256: str
    is_same_file: bool
    found: tuple[Found, ...]
    properties: Mapping[str, tuple[str, str]]
    causes: frozenset[Cause]
    later: tuple[LaterLink, ...] = ()
    since: tuple[LaterLink, ...] = ()
    has_head: bool = True
    issued: Issued | None = None
    rewritten: Rewritten | None = None
    corrected: int = 0
    numbers: Mapping[str, str] = field(default_factory=dict)  # key of a deliverable to its number

    @property
    def is_equal(self) -> bool:
        return not self.found and not self.properties

    @property
    def is_as_issued(self) -> bool:
        """Whether it is the file that was given out, to the byte."""
        return self.issued is not None and self.issued.sha256 == self.sha256


def verify(data: bytes, file: FileText, asked: Asked, today: date) -> Verification:
    """Make the document again and compare. `file` is what `read_file` says of `data`.

    Raises InputRefused where the record cannot make such a document.
    """
    try:
        document = compose_report(asked)
    except NotFound as error:
        raise InputRefused(error.message.template, error.message.params, error.hint.template) from error
    edition = edition_on(asked.plan, asked.as_of)
    assert edition is not None  # noqa: S101  compose_report refused that
    again = render(document, file.format)
    is_same_file = again == data
    numbers = dict(edition.deliverableeditions.values_list("deliverable__key", "number"))
    links = later_links(asked.plan, file.provenance.get("chain head", ""), asked.up_to)
    later = tuple(one for one in links or () if one.at <= end_of(asked.as_of))
    found = () if is_same_file else _found(again, file, document, frozenset(numbers.values()))
    properties = _properties(file.provenance, document.metadata.provenance, has_head=links is not None)
    if not found and not later:
        properties |= _false_digest(file.provenance, document.metadata.provenance)
    return Verification(
        file=file,
        asked=asked,
        edition=edition,
        digest=document.metadata.provenance["digest"],
        version=document.metadata.provenance["version"],
        sha256=hashlib.sha256(data).hexdigest(),
        is_same_file=is_same_file,
        found=found,
        properties=properties,
        causes=_causes(file, document.metadata.provenance, found, properties, later),
        later=later,
        since=tuple(one for one in links or () if one.at > end_of(asked.as_of)),
        has_head=links is not None,
        issued=issued_file(asked, file.format),
        rewritten=rewritten_since(asked),
        corrected=len(corrections_of(asked, today, compose_report)),
        numbers=numbers,
    )


def _found(again: bytes, file: FileText, document: Document, numbers: frozenset[str]) -> tuple[Found, ...]:
    listed = differences(read_file(again), file, lines_of(document))
    return tuple(Found(one, _deliverables(one, numbers)) for one in listed)


def _deliverables(difference: Difference, numbers: frozenset[str]) -> tuple[str, ...]:
    """The deliverables that the line of a difference names, else those that its own words name."""
    texts = [difference.line.text] if difference.line else [*difference.made, *difference.found]
    named = (number for text in texts for number in _NUMBER.findall(text) if number in numbers)
    return tuple(dict.fromkeys(named))


def _properties(
    said: Mapping[str, str], right: Mapping[str, str], *, has_head: bool
) -> dict[str, tuple[str, str]]:
    """The properties that somebody changed, to both values. A later head of the chain or another version is
    no such change."""
    changed = {
        name: (said.get(name, ""), value)
        for name, value in right.items()
        if name not in _NOT_COMPARED and said.get(name, "") != value
    }
    if not has_head:
        changed["chain head"] = (said["chain head"], right.get("chain head", ""))
    return changed


def _false_digest(said: Mapping[str, str], right: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The digest, where a file of this version has the right text and another digest."""
    is_false = said.get("version") == right["version"] and said.get("digest") != right["digest"]
    return {"digest": (said.get("digest", ""), right["digest"])} if is_false else {}


def _causes(
    file: FileText,
    right: Mapping[str, str],
    found: Sequence[Found],
    properties: Mapping[str, tuple[str, str]],
    later: Sequence[LaterLink],
) -> frozenset[Cause]:
    """The digest in the file tells which document it was made from: that of today, or another."""
    causes, said = {Cause.FILE} if properties else set(), file.provenance
    if not found:
        return frozenset(causes)
    if file.format == "docx" and said.get("template", "") != template_digest():
        causes.add(Cause.TEMPLATE)
        if said.get("digest") == right["digest"] and all(_is_furniture(one.difference) for one in found):
            return frozenset(causes)
    if said.get("version") != right["version"]:
        causes.add(Cause.SOFTWARE)
    if said.get("digest") == right["digest"]:
        causes.add(Cause.FILE)  # the record gives the document that the file was made from
    elif later or not causes:
        causes.add(Cause.RECORD)
    return frozenset(causes)


def _is_furniture(difference: Difference) -> bool:
    return all(line.startswith(HEAD_OR_FOOT) for line in (*difference.made, *difference.found))
