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
from suivi.plan.models import Edition, Plan
from suivi.plan.queries import edition_on
from suivi.render import render
from suivi.render.document import Document
from suivi.render.lines import lines_of
from suivi.render.reading import FileText, read_file
from suivi.render.reading.comparison import Difference, differences
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import KINDS, compose_report
from suivi.reporting.models import Paper
from suivi.values.errors import InputRefused, NotFound
from suivi.values.messages import gettext_noop

_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_NOT_COMPARED = frozenset(("digest", "version", "chain head"))  # each is judged for itself


class Cause(StrEnum):
    """Why a file is not what the record gives today."""

    FILE = "file"  # the file was changed after it was made
    RECORD = "record"  # the record took in more that speaks of those days
    SOFTWARE = "software"  # the file was made by another version


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
    numbers: Mapping[str, str] = field(default_factory=dict)  # key of a deliverable to its number

    @property
    def is_equal(self) -> bool:
        return not self.found and not self.properties


def asked_of(file: FileText) -> Asked:
    """What was asked for when a file was made, from its properties.

    Raises InputRefused where it says nothing of its making, or speaks of what is not in this record.
    """
    said = file.provenance
    if not said.get("plan") or not said.get("kind"):
        raise InputRefused(
            gettext_noop(
                "The file says nothing of how it was made: it does not come from here, or its properties "
                "were removed."
            ),
            hint=gettext_noop("Ask for the file as it was given out."),
        )
    plan = Plan.objects.select_related("scope").filter(slug=said["plan"]).first()
    kind = said["kind"]
    if plan is None or kind not in KINDS:
        raise not_of_this_record(said["plan"], kind)
    return Asked(
        kind=kind,
        plan=plan,
        up_to=_day(said, "up to"),
        as_of=_day(said, "as of"),
        language=said.get("language", ""),
        since=_day(said, "since") if "since" in said else None,
        part=said.get("part", ""),
        paper=_paper(plan, said["paper"]) if "paper" in said else None,
        prints_provenance="printed" in said,
    )


def not_of_this_record(plan: str, kind: str) -> InputRefused:
    """The refusal of a file about a plan or of a kind that is not here, or that may not be read."""
    return InputRefused(
        gettext_noop(
            "The file speaks of the plan “%(plan)s” and the report “%(kind)s”, which are not in this record."
        ),
        {"plan": plan[:80], "kind": kind[:80]},
        gettext_noop("Check it with the installation that made it."),
    )


def _day(said: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(said.get(name, ""))
    except ValueError as error:
        raise InputRefused(
            gettext_noop("The properties of the file were changed: “%(name)s” is no day."), {"name": name}
        ) from error


def _paper(plan: Plan, key: str) -> Paper:
    paper = Paper.objects.filter(plan=plan, key=key).first()
    if paper is None:
        raise InputRefused(
            gettext_noop("The file speaks of the paper “%(paper)s”, which is not in this record."),
            {"paper": key[:80]},
            gettext_noop("Check it with the installation that made it."),
        )
    return paper


def verify(data: bytes, file: FileText, asked: Asked) -> Verification:
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
        causes=_causes(file.provenance, document.metadata.provenance, found, properties, later),
        later=later,
        since=tuple(one for one in links or () if one.at > end_of(asked.as_of)),
        has_head=links is not None,
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
    said: Mapping[str, str],
    right: Mapping[str, str],
    found: Sequence[Found],
    properties: Mapping[str, tuple[str, str]],
    later: Sequence[LaterLink],
) -> frozenset[Cause]:
    """The digest in the file tells which document it was made from: that of today, or another."""
    causes = {Cause.FILE} if properties else set()
    if not found:
        return frozenset(causes)
    if said.get("version") != right["version"]:
        causes.add(Cause.SOFTWARE)
    if said.get("digest") == right["digest"]:
        causes.add(Cause.FILE)  # the record gives the document that the file was made from
    elif later or not causes:
        causes.add(Cause.RECORD)
    return frozenset(causes)
