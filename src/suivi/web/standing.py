"""Where deliverables stand, for one reader on the two days looked at: words, marks and counts of status.

People inside see the signal, computed from the record, with its reason; readers from outside see what was
agreed, and nothing else.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from suivi.monitoring.models import Status
from suivi.monitoring.queries.agreed import Agreed, agreed_on
from suivi.monitoring.queries.sheets import frame_on
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.monitoring.rules.settings import PlanSettings
from suivi.plan.models import Edition
from suivi.reporting.status_words import NOT_AGREED, status_words
from suivi.values.text import Text
from suivi.web.days import short_day
from suivi.web.drawings import shape
from suivi.web.sentences import sentence
from suivi.web.templatetags.suivi import words


@dataclass(frozen=True)
class StatusCount:
    """How many deliverables have a status; `code` is the value of the filter."""

    code: str
    words: str
    count: int

    @property
    def mark(self) -> SafeString:
        return shape(self.code or "no_recent_update")


@dataclass(frozen=True)
class Standing:
    """Where the deliverables of an edition stand. `states` is empty for readers from outside."""

    settings: PlanSettings
    is_inside: bool
    states: Mapping[int, StateOnDay] = field(default_factory=dict)
    agreed: Mapping[int, Agreed] = field(default_factory=dict)

    def status_of(self, deliverable: int) -> str:
        """The code of the status shown to the reader."""
        if self.is_inside:
            return str(self.states[deliverable].signal.status)
        found = self.agreed.get(deliverable)
        return found.status if found else NOT_AGREED

    def counts(self, deliverables: Iterable[int]) -> list[StatusCount]:
        """How many of these have each status, in the order of the statuses; what nobody has is left out."""
        found = Counter(self.status_of(pk) for pk in deliverables)
        order = [*(str(status) for status in Status), NOT_AGREED]
        return [StatusCount(code, self.words[code], found[code]) for code in order if found[code]]

    def with_status(self, code: str) -> frozenset[int]:
        """The deliverables that have this status for the reader."""
        known = self.states if self.is_inside else self.agreed
        return frozenset(pk for pk in known if self.status_of(pk) == code)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Status to its word in the reader's language: the plan's own, where it has one."""
        return status_words(self.settings, get_language() or "en")

    def tag(self, code: str) -> SafeString:
        """A status as shape and word on its tint."""
        kind = (code or "no_recent_update").replace("_", "-")
        return format_html(
            '<span class="status {}">{} {}</span>', kind, shape(code or "no_recent_update"), self.words[code]
        )

    def count_words(self, deliverable: int, target: Decimal | None, unit: Text | None) -> SafeString | str:
        """What counts of what is to be reached, as "7 of 10"; the target alone where nothing is counted."""
        state = self.states.get(deliverable)
        number = state.signal.progress.number if state else None
        if state is not None:
            target = state.measure.target
        if number is None:
            return "" if target is None else format_html("{} {}", _plain(target), words(unit))
        if state and state.sheet and state.sheet.is_ratio:
            return format_html("<b>{}</b>", _("%(number)s%%") % {"number": _plain(round(number, 1))})
        if target is None:
            counted = _("%(number)s so far") if state and state.measure.kind == "items" else "%(number)s"
            return format_html("<b>{}</b> {}", counted % {"number": _plain(number)}, words(unit))
        counted = _("%(number)s of %(target)s") % {"number": _plain(number), "target": _plain(target)}
        return format_html("<b>{}</b> {}", counted, words(unit))

    def cell(self, deliverable: int) -> SafeString:
        """The status in a table, with its reason on demand."""
        tag = self.tag(self.status_of(deliverable))
        if not self.is_inside:
            return tag
        state = self.states[deliverable]
        return format_html(
            '<details class="why"><summary>{}</summary><p class="small">{}{}</p></details>',
            tag,
            sentence(state.signal.reason),
            self._agreed_otherwise(state),
        )

    def _agreed_otherwise(self, state: StateOnDay) -> SafeString | str:
        if state.agreed is None:
            return ""
        agreed = _("Agreed on %(day)s: %(status)s") % {
            "day": short_day(state.agreed.up_to),
            "status": self.words[state.agreed.status],
        }
        return format_html("<br>{}", agreed)


def standing_of(
    edition: Edition,
    up_to: date,
    as_of: date,
    *,
    is_inside: bool,
    deliverables: Collection[int] | None = None,
) -> Standing:
    """Where the deliverables of an edition stand, all or these, in a constant number of queries."""
    frame = frame_on(edition, as_of)
    if is_inside:
        states = states_of(edition, up_to, as_of, deliverables, frame)
        return Standing(frame.settings, is_inside, states=states)
    return Standing(frame.settings, is_inside, agreed=agreed_on(edition, up_to, as_of, deliverables))


def standing_of_state(edition: Edition, as_of: date, state: StateOnDay) -> Standing:
    """The same for one deliverable whose state is known already, for readers inside."""
    return Standing(frame_on(edition, as_of).settings, is_inside=True, states={state.deliverable: state})


def _plain(number: Decimal) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)
