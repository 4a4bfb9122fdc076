"""An adopted plan as its document states it.

The shape follows the documents of governing bodies: a header, then pillars with actions with
deliverables. Every object knows where it stood in the source, and how sure the reading of each field is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from suivi.findings import Finding, Place
from suivi.values.text import Text


class Certainty(StrEnum):
    """How sure a reading is: the source states it, a rule concludes it, or it is the best guess."""

    STATED = "stated"
    CONCLUDED = "concluded"
    GUESSED = "guessed"


@dataclass(frozen=True)
class Source:
    """Where a field comes from: the place, the words that stood there, how sure the reading is and why."""

    place: Place
    words: str
    certainty: Certainty = Certainty.STATED
    why: str = ""


class LinkKind(StrEnum):
    OUTPUT = "output"  # also outcomes and indicators: a code of a framework edition
    SCOPE = "scope"  # "all policy outcomes" of an edition, kept as a scope and not expanded
    DOCUMENT = "document"  # a strategy or decision, by its symbol
    TEXT = "text"  # words that name nothing we know


@dataclass(frozen=True)
class Link:
    """What a part of the plan says it serves.

    `edition` is the framework edition as stated ("2020-21"), `code` the output, outcome or indicator ("A.4"),
    the scope ("all policy outcomes"), the symbol of a document, or the words themselves.
    """

    kind: LinkKind
    code: str
    edition: str = ""
    title: Text | None = None

    @property
    def key(self) -> str:
        """EDITION:CODE, EDITION:all policy outcomes, doc:SYMBOL or text:WORDS."""
        prefix = {LinkKind.DOCUMENT: "doc", LinkKind.TEXT: "text"}.get(self.kind, self.edition)
        return f"{prefix}:{self.code}"


@dataclass(frozen=True)
class Target:
    """A count to reach and what is counted ("partnerships", in the words of the document)."""

    value: Decimal
    unit: Text = field(default_factory=lambda: Text.of("", "en"))

    @classmethod
    def of(cls, value: Decimal, counted: str, language: str) -> "Target":
        """A target whose unit is said in one language."""
        return cls(value, Text.of(counted, language))


@dataclass(kw_only=True)
class Deliverable:
    """What will exist or be true. `number` is the document's, or ours where `number_is_internal`.

    `key` names the deliverable for ever, through editions that renumber it (empty: the same as the number);
    `follows` names the keys of deliverables that were split or merged into this one.
    """

    number: str
    key: str = ""
    follows: list[str] = field(default_factory=list)
    number_is_internal: bool = False
    text: Text
    title: Text | None = None  # a short title people can scan; documents seldom have one
    window: str | None = None  # the time frame as stated
    starts_on: date | None = None
    ends_on: date | None = None
    target: Target | None = None
    strands: list[Text] = field(default_factory=list)  # parts named in the sentence, each to be followed
    lead: str = ""  # the unit in charge, as stated
    indicator: str = ""  # as stated
    links: list[Link] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)  # marks of the notes that stood on it
    place: Place = field(default_factory=Place)
    sources: dict[str, Source] = field(default_factory=dict)  # field name -> where it comes from


@dataclass(kw_only=True)
class Action:
    """What the organisation commits to do. `key` as for a deliverable."""

    number: str
    key: str = ""
    number_is_internal: bool = False
    text: Text
    title: Text | None = None
    continues: str = ""  # "earlier-plan-slug:NUMBER" where the action goes on from an earlier plan
    links: list[Link] = field(default_factory=list)
    deliverables: list[Deliverable] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    sources: dict[str, Source] = field(default_factory=dict)


@dataclass(kw_only=True)
class Pillar:
    """The top level: a priority of the plan. `key` as for a deliverable."""

    number: str
    key: str = ""
    number_is_internal: bool = False
    title: Text
    actions: list[Action] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    sources: dict[str, Source] = field(default_factory=dict)


@dataclass(kw_only=True)
class Header:
    """The head of the document. What it does not state stays empty or None."""

    language: str
    symbol: str = ""
    title: Text | None = None
    body: str = ""
    session: str = ""
    item: int | None = None
    dated_on: date | None = None
    author_unit: str = ""
    original_language: str = ""
    sources: dict[str, Source] = field(default_factory=dict)


@dataclass(frozen=True)
class Footnote:
    mark: str
    text: str
    place: Place = field(default_factory=Place)


@dataclass(kw_only=True)
class PlanDocument:
    """The whole plan. `labels` names its levels ("pillar", "action", "deliverable") and, as "body", the
    governing body in the languages in which its document does not."""

    header: Header
    pillars: list[Pillar] = field(default_factory=list)
    slug: str = ""
    labels: dict[str, Text] = field(default_factory=dict)
    paragraphs: int = 0  # numbered paragraphs of the document
    decision_paragraph: int | None = None
    footnotes: list[Footnote] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)  # symbols of the documents it cites

    def actions(self) -> Iterator[Action]:
        for pillar in self.pillars:
            yield from pillar.actions

    def deliverables(self) -> Iterator[Deliverable]:
        for action in self.actions():
            yield from action.deliverables


class Use(StrEnum):
    """What became of a line (or cell, or paragraph) of the source."""

    USED = "used"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    PARAGRAPH = "paragraph"
    HEADER = "header"
    BLANK = "blank"
    IGNORED = "ignored"  # always with a reason


@dataclass(frozen=True)
class LineUse:
    """One line of the source, accounted for. `serves` names what it went into ("1.4.2 text")."""

    place: Place
    text: str
    use: Use
    reason: str = ""
    serves: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Reading:
    """What came out of a document: the plan, what was noticed, and what became of every line."""

    plan: PlanDocument
    findings: list[Finding] = field(default_factory=list)
    lines: list[LineUse] = field(default_factory=list)
