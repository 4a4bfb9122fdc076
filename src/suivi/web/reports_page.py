"""What the page of documents shows: each kind of report, what it is about, and the addresses of its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from suivi.organisation.directory import units_held
from suivi.organisation.queries import unit_tree
from suivi.plan.models import Edition, Plan
from suivi.reporting.kinds import FORMATS, KINDS, Kind, since_by_default
from suivi.reporting.narrative import paper_of, unwritten_parts
from suivi.reporting.outline import WRITTEN_KINDS
from suivi.web.access import sees_management
from suivi.web.days import short_day
from suivi.web.forms.reports import ReportChoice
from suivi.web.requests import Request


@dataclass(frozen=True)
class ReportLine:
    """A kind of report; `about` says of what this one is, `query` is that of the addresses of its files.

    `unwritten` counts the parts that nobody has written: they go out marked.
    """

    key: str
    name: str | Promise
    purpose: str | Promise
    about: str
    query: str
    unwritten: int = 0


class ReportsPage:
    """The reports a reader may have, in each language and format."""

    def __init__(self, request: Request, plan: Plan, edition: Edition) -> None:
        self.request, self.plan, self.edition = request, plan, edition
        self.is_inside = sees_management(request)

    @cached_property
    def choice(self) -> ReportChoice:
        tree = unit_tree(self.request.day)
        own = units_held(self.request.authority, tree)
        return ReportChoice(
            self.request.GET,
            edition=self.edition,
            tree=tree,
            own_unit=own[0].key if own and own[0].exists_on(tree.day) else "",
            since=since_by_default(self.plan, self.request.up_to, self.request.day),
        )

    def context(self) -> dict[str, Any]:
        return {
            "lines": self.lines(),
            "choice": self.choice if self.is_inside else None,
            "formats": [(suffix, suffix.upper()) for suffix in FORMATS],
            "languages": settings.LANGUAGES,
        }

    def lines(self) -> Sequence[ReportLine]:
        """What is internal is offered inside only; a kind of which nothing can be chosen is left out."""
        kinds = [
            kind for kind in KINDS.values() if not kind.follows and (self.is_inside or not kind.is_internal)
        ]
        return [
            ReportLine(
                kind.key,
                kind.name,
                kind.purpose,
                self._about(kind),
                urlencode(self._query(kind)),
                self._unwritten(kind),
            )
            for kind in kinds
            if not kind.part or self.choice.name_of(kind.part)
        ]

    def _unwritten(self, kind: Kind) -> int:
        if kind.key not in WRITTEN_KINDS:
            return 0
        day = self.request.day
        return len(unwritten_parts(paper_of(self.plan, kind.key, day), kind.key, self.edition, day))

    def _about(self, kind: Kind) -> str:
        if kind.part:
            return self.choice.name_of(kind.part)
        if kind.compares:
            return _("since %(day)s") % {"day": short_day(self.choice.first_day)}
        return ""

    def _query(self, kind: Kind) -> dict[str, str]:
        if kind.part:
            return {"part": self.choice.chosen[kind.part]}
        return {"since": self.choice.first_day.isoformat()} if kind.compares else {}
