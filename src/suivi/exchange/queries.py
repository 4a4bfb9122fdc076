"""Questions about import drafts: the plan as corrected, its rows and their sources, what is in the way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from suivi.documents import planfile
from suivi.documents.child import finding_from
from suivi.documents.comparison import Difference, Part, compare
from suivi.documents.corrections import check_plan, rows_of
from suivi.documents.model import PlanDocument
from suivi.exchange.models import ImportDraft
from suivi.findings import Finding, Place, Severity
from suivi.organisation.queries import Authority
from suivi.organisation.rules import ROLES, Permission
from suivi.plan.commands.limits import check_document
from suivi.plan.models import DeliverableEdition, Edition
from suivi.values.errors import InputRefused

ORDER = list(Severity)
ROWS_ON_A_PAGE = 200
SAMPLE = 40  # deliverables by which a plan is recognised


def can_import(authority: Authority) -> bool:
    """Whether an account may load plans anywhere; `load_plan` asks again for the plan it is about."""
    return any(
        Permission.ADOPT_EDITION in ROLES[one.role].permissions
        for one in authority.held
        if one.role in ROLES and one.is_active(authority.day)
    )


@lru_cache(maxsize=8)
def _loaded(text: str) -> PlanDocument:
    """A plan file is parsed once for the several pages that look at it. Nobody changes what this gives."""
    return planfile.load(text)[0]


def plan_of_draft(draft: ImportDraft) -> PlanDocument:
    """The reading with its corrections. It is shared: change it by `documents.corrections`, which copies."""
    return _loaded(draft.plan_file)


def corrections_of(draft: ImportDraft) -> list[Difference]:
    """In what the corrected reading differs from what came out of the document."""
    return compare(_loaded(draft.original), plan_of_draft(draft))


@dataclass(frozen=True)
class NotedFinding:
    """A finding of the reading, its position, the row or line it is about, and whether it was dealt with."""

    finding: Finding
    position: int
    is_settled: bool
    line: int | None = None  # position of its line in the source
    row: str = ""
    page: int = 1


@dataclass(frozen=True)
class SourceField:
    """Where a field of a row comes from."""

    name: str
    place: Place
    words: str
    certainty: str
    why: str


@dataclass(eq=False)
class DraftRow:
    """One row of the reading as the page shows it."""

    level: str
    name: str
    part: Part
    page: int = 1
    sources: list[SourceField] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)  # positions of the source lines that went into it
    findings: list[NotedFinding] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"{self.level}-{self.name}"

    @property
    def guesses(self) -> list[SourceField]:
        """The fields that want a look."""
        return [one for one in self.sources if one.certainty == "guessed"]


@dataclass(frozen=True)
class DraftLine:
    """One line of the source with what became of it."""

    position: int
    place: Place
    text: str
    use: str
    reason: str
    page: int  # the page of the rows beside which it stands
    rows: list[str]  # anchors of the rows it went into


@dataclass(frozen=True)
class DraftView:
    """A draft with rows and lines bound to each other."""

    plan: PlanDocument
    rows: list[DraftRow]
    lines: list[DraftLine]
    findings: list[NotedFinding]  # errors first
    problems: list[Finding]  # of the plan as corrected

    @property
    def pages(self) -> int:
        return self.rows[-1].page if self.rows else 1

    def rows_on(self, page: int) -> list[DraftRow]:
        """The rows of one page, counted from 1."""
        return [row for row in self.rows if row.page == page]

    def lines_on(self, page: int) -> list[DraftLine]:
        """The lines beside the rows of a page: those before the first row stand on the first page."""
        return [line for line in self.lines if line.page == page]

    @property
    def is_blocked(self) -> bool:
        return bool(self.problems) or any(
            one.finding.severity is Severity.ERROR and not one.is_settled for one in self.findings
        )


def view_of(draft: ImportDraft) -> DraftView:
    """The draft as its page shows it; no query beside the one that read the draft."""
    plan = plan_of_draft(draft)
    rows = [
        DraftRow(level, name, part, 1 + index // ROWS_ON_A_PAGE)
        for index, (level, name, part) in enumerate(rows_of(plan))
    ]
    by_origin = {draft.renamed.get(f"{row.level} {row.name}", f"{row.level} {row.name}"): row for row in rows}
    lines = _lines(draft, by_origin)
    for origin, row in by_origin.items():
        row.sources = [
            SourceField(name, **{**said, "place": Place(**said["place"])})
            for name, said in draft.sources.get(origin, {}).items()
        ]
    return DraftView(plan, rows, lines, _findings(draft, by_origin, lines), _problems(plan))


def page_of_row(draft: ImportDraft, anchor: str) -> int:
    """The page of a draft that a row stands on; the first where there is no such row."""
    rows = enumerate(rows_of(plan_of_draft(draft)))
    at = next((index for index, (level, name, _) in rows if f"{level}-{name}" == anchor), 0)
    return 1 + at // ROWS_ON_A_PAGE


def _lines(draft: ImportDraft, by_origin: dict[str, DraftRow]) -> list[DraftLine]:
    """Every line that is not blank; one that went into no row stands on the page of the line before it."""
    lines: list[DraftLine] = []
    page = 1
    for position, data in enumerate(draft.lines):
        if data["use"] == "blank":
            continue
        rows = _served(position, data["serves"], by_origin)
        # Lists of links serve rows on many pages and stand below the last of them; a page never goes back.
        page = max(page, min((row.page for row in rows), default=page))
        place = Place(**data["place"])
        anchors = [row.anchor for row in rows]
        lines.append(DraftLine(position, place, data["text"], data["use"], data["reason"], page, anchors))
    return lines


def _served(position: int, serves: list[str], by_origin: dict[str, DraftRow]) -> list[DraftRow]:
    """The rows a line went into; "1.1.1 text" names the number first and the field last."""
    rows: list[DraftRow] = []
    for served in serves:
        number, _, name = served.rpartition(" ")
        row = next((by_origin[key] for key in _origins(number, name) if key in by_origin), None)
        if row is not None and row not in rows:
            row.lines.append(position)
            rows.append(row)
    return rows


def _origins(number: str, name: str) -> Iterator[str]:
    """The rows a number may mean: only pillars have a title as read, so that field decides."""
    order = ("pillar", "action", "deliverable") if name == "title" else ("deliverable", "action", "pillar")
    return (f"{level} {number}" for level in order)


def _findings(
    draft: ImportDraft, by_origin: dict[str, DraftRow], lines: list[DraftLine]
) -> list[NotedFinding]:
    """The findings bound to their lines and rows, errors first and what was settled last."""
    line_at = {_key(draft.lines[line.position]["place"]): line for line in reversed(lines)}
    row_at = {position: row for row in reversed(by_origin.values()) for position in row.lines}
    noted = []
    for position, data in enumerate(draft.findings):
        line = line_at.get(_key(data["place"])) if data["place"] else None
        row = row_at.get(line.position) if line else None
        one = NotedFinding(
            finding_from(data),
            position,
            position in draft.settled,
            line.position if line else None,
            row.anchor if row else "",
            row.page if row else line.page if line else 1,
        )
        noted.append(one)
        if row is not None and not one.is_settled:
            row.findings.append(one)
    return sorted(noted, key=lambda one: (one.is_settled, ORDER.index(one.finding.severity)))


def _key(place: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(place.items()))


def _problems(plan: PlanDocument) -> list[Finding]:
    found = check_plan(plan)
    if not found:
        try:
            check_document(plan)
        except InputRefused as refused:
            found.append(Finding("plan-limits", Severity.ERROR, refused.message, hint=refused.hint))
    return found


def blocking_findings(draft: ImportDraft, plan: PlanDocument) -> list[Finding]:
    """The errors that keep a draft from being loaded: of the plan itself, and of the reading, not settled."""
    unsettled = [
        finding_from(data)
        for position, data in enumerate(draft.findings)
        if data["severity"] == Severity.ERROR.value and position not in draft.settled
    ]
    return [*_problems(plan), *unsettled]


def likely_slug(plan: PlanDocument) -> str:
    """The plan a document is most likely an edition of: by its slug, its symbol, or half of its sentences.

    Empty where it is like none, so that it makes a new plan.
    """
    if plan.slug:
        return plan.slug
    symbol = plan.header.symbol
    same = Edition.objects.filter(header__symbol=symbol).values_list("plan__slug", flat=True).first()
    if symbol and same:
        return same
    own = {part.number: str(part.text) for part in plan.deliverables()}
    sample = dict(list(own.items())[:SAMPLE])
    rows = DeliverableEdition.objects.filter(number__in=sample).values_list(
        "edition__plan__slug", "number", "text"
    )
    alike = {(slug, number) for slug, number, text in rows if str(text) == sample[number]}
    counts = Counter(slug for slug, _number in alike)
    slug, count = counts.most_common(1)[0] if counts else ("", 0)
    return slug if 2 * count >= len(sample) else ""
