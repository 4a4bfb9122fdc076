"""What the pages of papers show: the list, one paper with its calendar, sections and files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suivi.core import clock
from suivi.plan.models import Edition, Plan
from suivi.reporting.checks import earlier_papers
from suivi.reporting.commands.issuing import moment
from suivi.reporting.corrections import Correction
from suivi.reporting.corrigendum import place_of
from suivi.reporting.kinds import FORMATS, KINDS
from suivi.reporting.models import IssuedFile, Paper
from suivi.reporting.queries import (
    Missing,
    SectionOnDay,
    calendar_of,
    corrections_since,
    issuing_state,
    languages_of,
    missing_of,
    papers_on,
    sections_on,
    state_of,
)
from suivi.reporting.rights import PaperRights
from suivi.reporting.rules import STEP_WORDS, PaperState, StepOnDay
from suivi.reporting.sentences import language_name
from suivi.web.access import edition_looked_at, has_role_inside, readable_plan
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.papers import FreezeForm, IssueForm, ReviseForm, ThawForm
from suivi.web.paper_calendar import draw_calendar
from suivi.web.paper_marks import paper_tag, section_tag
from suivi.web.requests import Request
from suivi.web.sentences import sentence


@dataclass(frozen=True)
class PaperLine:
    """A paper in the list."""

    paper: Paper
    state: PaperState
    kind: str
    late: int
    corrections: int

    @property
    def tag(self) -> str:
        return paper_tag(self.state)


class PapersPage:
    """The papers of a plan as one reader may see them on the day looked at."""

    def __init__(self, request: Request, plan: Plan, edition: Edition) -> None:
        self.request, self.plan, self.edition = request, plan, edition
        self.now: datetime = clock.now()
        self.is_inside = has_role_inside(request)
        self.rights = PaperRights(request.authority, plan.scope_id)

    @property
    def day(self) -> date:
        return self.request.day

    def base(self) -> dict[str, Any]:
        return {
            "section": "plans",
            "tab": "papers",
            "plan": self.plan,
            "edition": self.edition,
            "rights": self.rights,
            "can_start": self.rights.manages and not self.request.is_past,
        }

    def context(self) -> dict[str, Any]:
        """The list: one query, and for each paper in preparation those of its sections."""
        papers = papers_on(self.plan, self.day, now=self.now, inside=self.is_inside)
        return self.base() | {"lines": [self._line(paper) for paper in papers]}

    def _line(self, paper: Paper) -> PaperLine:
        state = state_of(paper, self.day, now=self.now)
        page = PaperPage(self, paper)
        is_open = state in {PaperState.PREPARED, PaperState.FROZEN}
        late = sum(step.is_late for step in page.steps) if self.is_inside and is_open else 0
        return PaperLine(paper, state, kind_name(paper.kind), late, len(page.corrections))

    def paper(self, key: str) -> "PaperPage":
        """The paper of the address, as far as the reader may see it. Raises Http404 otherwise."""
        papers = papers_on(self.plan, self.day, now=self.now, inside=self.is_inside)
        found = papers.filter(key=key).first()
        if found is None:
            raise Http404(_("There is no such paper, or it is not public yet."))
        return PaperPage(self, found)


@dataclass(frozen=True)
class InWords:
    """A section in one language, for the table."""

    code: str
    name: str
    tag: str


@dataclass(frozen=True)
class SectionLine:
    """A section in the table of a paper."""

    found: SectionOnDay
    languages: list[InWords]


class PaperPage:
    """One paper on the day looked at."""

    def __init__(self, papers: PapersPage, paper: Paper) -> None:
        self.papers, self.paper, self.request = papers, paper, papers.request
        self.state = state_of(paper, papers.day, now=papers.now)

    @cached_property
    def sections(self) -> list[SectionOnDay]:
        return sections_on(self.paper, self.papers.day, self.papers.day)

    @cached_property
    def steps(self) -> list[StepOnDay]:
        return calendar_of(self.paper, self.sections, self.papers.day, now=self.papers.now)

    @property
    def is_issued(self) -> bool:
        """Whether it was issued by the day looked at."""
        return self.state in {PaperState.ISSUED, PaperState.RELEASED}

    @property
    def is_open(self) -> bool:
        """Whether it may be written in: neither frozen nor issued, and no other day is looked at."""
        return self.state == PaperState.PREPARED and not self.request.is_past

    @property
    def takes_translations(self) -> bool:
        """Whether it may be translated and cleared: frozen too, but not issued."""
        return not self.is_issued and not self.request.is_past

    @cached_property
    def missing(self) -> list[Missing]:
        return missing_of(self.paper, self.request.today)

    @cached_property
    def corrections(self) -> list[Correction]:
        """What the record says otherwise since the paper was issued; none before that."""
        if not self.is_issued or KINDS[self.paper.kind].follows:
            return []
        return corrections_since(self.paper, self.papers.day, get_language() or "")

    def context(self) -> dict[str, Any]:
        """What the page shows; people inside see the work on it, others the paper alone."""
        shown = self.papers.base() | {
            "paper": self.paper,
            "kind": kind_name(self.paper.kind),
            "state_tag": paper_tag(self.state),
            "is_issued": self.is_issued,
            "languages": [(code, language_name(code)) for code in languages_of(self.paper)],
            "files": self._files(),
            "corrections": [(place_of(one), one) for one in self.corrections],
        }
        if not self.papers.is_inside:
            return shown
        return shown | {
            "is_open": self.is_open,
            "is_frozen": self.state == PaperState.FROZEN,
            "issuing": self._issuing(),
            "steps": [(STEP_WORDS[step.step], step) for step in self.steps],
            "drawing": draw_calendar(self.steps, self.papers.day),
            "lines": list(self._lines()),
            "comparable": self._comparable(),
            "suffixes": FORMATS,
            "revisions": self.paper.revisions.order_by("pk"),
        }

    def life_context(self, sent: CommandForm | None) -> dict[str, Any]:
        """What can be done next with the paper, with the form that was refused in its place."""
        paper, today = self.paper, self.request.today
        forms: dict[str, CommandForm] = {
            "freeze": FreezeForm(None, paper, today),
            "thaw": ThawForm(None, paper),
            "issue": IssueForm(None, paper, today),
            "revise": ReviseForm(None, paper),
        }
        forms |= {name: sent for name, form in forms.items() if isinstance(sent, type(form))}
        missing = [] if self.is_issued else self.missing
        shown: dict[str, Any] = {
            "paper": paper,
            "state_tag": paper_tag(self.state),
            "is_issued": self.is_issued,
            "is_frozen": self.state == PaperState.FROZEN,
            "missing": missing,
            "issuing": self._issuing(),
            "form": sent,
        }
        return self.papers.base() | forms | shown

    def _comparable(self) -> Sequence[Paper]:
        """The issued papers that this one can be held against; none for what only follows another paper."""
        if KINDS[self.paper.kind].follows:
            return []
        return earlier_papers(self.paper, with_revised=True)

    def _issuing(self) -> dict[str, Any] | None:
        """How far the worker is that issues the paper, with what refused it in words."""
        state = issuing_state(self.paper, moment())
        if state is None:
            return None
        return {"state": state, "refused": [sentence(one) for one in state.refused]}

    def _files(self) -> list[tuple[str, str, Sequence[IssuedFile]]]:
        """Language, its name and its files in the order of the formats."""
        files = list(self.paper.files.select_related("file")) if self.is_issued else []
        by_language = [
            (code, str(name), sorted((f for f in files if f.language == code), key=_format_place))
            for code, name in settings.LANGUAGES
        ]
        return [one for one in by_language if one[2]]

    def _lines(self) -> Iterator[SectionLine]:
        for found in self.sections:
            languages = [
                InWords(one.language, language_name(one.language), section_tag(one.state))
                for one in found.languages
            ]
            yield SectionLine(found, languages)


def _format_place(file: IssuedFile) -> int:
    return list(FORMATS).index(file.suffix)  # type: ignore[arg-type]


def kind_name(key: str) -> str:
    """What a kind of report is called; the key where it is known no more."""
    return str(KINDS[key].name) if key in KINDS else key


def papers_page(request: Request, slug: str) -> PapersPage:
    """The papers of the plan of the address."""
    plan = readable_plan(request, slug)
    return PapersPage(request, plan, edition_looked_at(request, plan))
