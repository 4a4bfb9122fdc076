"""What every report starts from: the edition of the day, its deliverables, the units, the language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _

import suivi
from suivi.monitoring.models import ProgressKind, ReferenceSheet
from suivi.monitoring.queries.chain import head_of
from suivi.monitoring.queries.corrections import corrected_states
from suivi.monitoring.queries.sheets import frame_on
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.organisation.queries import UnitTree, unit_tree
from suivi.plan.models import ActionEdition, DeliverableEdition, Edition, PillarEdition
from suivi.plan.queries import DeliverableOnDay, Parts, deliverables_on, rows_of
from suivi.render.document import Content, Cover, CoverRow, Metadata, Run
from suivi.render.typography import NO_BREAK, Typography
from suivi.reporting.asked import Asked
from suivi.reporting.sentences import worded
from suivi.reporting.status_words import status_words
from suivi.values.messages import Message, gettext_noop
from suivi.values.text import Text

LANGUAGE_NAMES = {"en": gettext_noop("English"), "fr": gettext_noop("French"), "es": gettext_noop("Spanish")}


@dataclass(frozen=True)
class Material:
    """The facts of a report. `level` words and texts come in the report's language, fallbacks visibly."""

    asked: Asked
    edition: Edition
    deliverables: list[DeliverableOnDay]
    units: UnitTree
    typography: Typography = field(repr=False)

    @property
    def language(self) -> str:
        return self.asked.language

    @property
    def day(self) -> date:
        """The day as of which the record is read."""
        return self.asked.as_of

    @property
    def up_to(self) -> date:
        return self.asked.up_to

    @cached_property
    def states(self) -> dict[int, StateOnDay]:
        """Deliverable (primary key) to where it stands on the two days; six queries when first asked for."""
        asked = self.asked
        found = states_of(self.edition, asked.up_to, asked.as_of)
        if asked.corrected_until is None:
            return found
        until = asked.corrected_until
        return found | corrected_states(self.edition, found, asked.up_to, asked.as_of, until)

    def state(self, one: DeliverableOnDay) -> StateOnDay:
        return self.states[one.row.deliverable_id]

    def agreed(self, one: DeliverableOnDay) -> str:
        """The agreed status of a deliverable, the only one that goes into reports; empty where none is."""
        return self.agreed_of(one.row.deliverable_id)

    def agreed_of(self, deliverable: int) -> str:
        """The same by the primary key of the deliverable."""
        agreed = self.states[deliverable].agreed
        return agreed.status if agreed else ""

    @cached_property
    def measures(self) -> dict[int, Text]:
        """Reference sheet of an indicator (primary key) to what it measures; one query, when asked for."""
        sheets = (state.sheet for state in self.states.values() if state.sheet)
        wanted = [sheet.pk for sheet in sheets if sheet.kind == ProgressKind.INDICATOR]
        return dict(ReferenceSheet.objects.filter(pk__in=wanted).values_list("pk", "measure"))

    @cached_property
    def status_words(self) -> Mapping[str, str]:
        """Status to its word, the plan's own where it has one; empty for what nobody agreed on yet."""
        return status_words(frame_on(self.edition, self.day).settings, self.language)

    def sentence(self, message: Message) -> str:
        """A sentence that a room below wrote, in the forms of the report's language."""
        return worded(message, day=self.typography.day, number=self._number)

    def _number(self, value: Decimal) -> str:
        """A number in a sentence; more decimal places than one are read by nobody."""
        return self.typography.number(round(value, 1) if value != value.to_integral_value() else value)

    def row_of(self, deliverable: int) -> DeliverableEdition | None:
        """The adopted row of a deliverable by its primary key; None where the edition has none."""
        return self._rows.get(deliverable)

    @cached_property
    def _rows(self) -> dict[int, DeliverableEdition]:
        return {one.row.deliverable_id: one.row for one in self.deliverables}

    def words(self, text: Text | None) -> Run:
        """A text in the language of the report; another language is marked as such."""
        if not text:
            return Run("")
        shown = text.shown(self.language)
        return Run(shown.text, language=shown.language if shown.is_fallback else "", italic=shown.is_fallback)

    def said(self, text: Text | None) -> tuple[Run, ...]:
        """A text as `words` has it, and where it is in another language also in which."""
        words = self.words(text)
        return (words, *self.language_mark(words.language))

    def language_mark(self, language: str) -> tuple[Run, ...]:
        """What tells a reader that the words before are in another language: "[in French]"; else nothing."""
        if language in ("", self.language):
            return ()
        name = _(LANGUAGE_NAMES.get(language, language))
        mark = _("[in %(language)s]") % {"language": name}
        return (Run(f" {mark.replace(' ', NO_BREAK)}"),)

    def short(self, row: object) -> Run:
        """The short title of an action or deliverable, or its sentence."""
        title: Text = getattr(row, "title")  # noqa: B009  two row classes with the same two fields
        return self.words(title or getattr(row, "text"))  # noqa: B009

    def unit(self, pk: int | None) -> str:
        node = self.units.get(pk)
        return str(node.name.shown(self.language)) if node else ""

    def level(self, level: str) -> str:
        """What this plan calls one of its levels, or the governing body where it says so."""
        labels = self.edition.labels
        if level in labels:
            return Text.from_json(labels[level]).shown(self.language).text
        return {"pillar": _("Pillar"), "action": _("Action"), "deliverable": _("Deliverable")}[level]

    @property
    def body(self) -> str:
        """The governing body by the plan's name for it in this language, else as the document states it."""
        if "body" in self.edition.labels:
            return self.level("body")
        return str(self.edition.header.get("body", ""))

    def pillar(self, pillar: PillarEdition) -> Content:
        """A pillar as a heading: Pillar 1 – its title; a plan in a flat table names none."""
        numbered = f"{self.level('pillar')} {pillar.number}"
        if not pillar.title:
            return (Run(numbered),)
        return (Run(f"{numbered} – "), self.words(pillar.title))

    def action(self, action: ActionEdition) -> tuple[Run, ...]:
        """An action as the table has it: 1.1 and its words; "Action 1" where the plan names none."""
        if not action.text:
            return (Run(f"{self.level('action')} {action.number}", bold=True),)
        return (Run(f"{action.number}  ", bold=True), self.words(action.text))

    def window(self, one: DeliverableOnDay) -> str:
        """The adopted time frame: years where the window is whole years, else its days."""
        starts, ends = one.row.starts_on, one.row.ends_on
        if ends is None:
            return one.row.window or _("not stated")
        if starts is None:
            return _("by %(day)s") % {"day": self.typography.short_day(ends)}
        if (ends.month, ends.day) == (12, 31) and (starts.month, starts.day) == (1, 1):
            return self.typography.years(starts.year, ends.year)
        return f"{self.typography.short_day(starts)} – {self.typography.short_day(ends)}"

    def by_pillar(self) -> Iterator[tuple[PillarEdition, list[DeliverableOnDay]]]:
        for pillar, found in groupby(self.deliverables, key=lambda one: one.row.action.pillar):
            yield pillar, list(found)

    def by_action(
        self, found: list[DeliverableOnDay]
    ) -> Iterator[tuple[ActionEdition, list[DeliverableOnDay]]]:
        for action, rows in groupby(found, key=lambda one: one.row.action):
            yield action, list(rows)

    @property
    def source(self) -> str:
        """The line under a table or a figure: what it rests on, and the two days."""
        return _("Source: the record of the plan, up to %(up_to)s, as known on %(as_of)s.") % {
            "up_to": self.typography.day(self.up_to),
            "as_of": self.typography.day(self.day),
        }

    @property
    def notice(self) -> str:
        """What a demonstration says on each page."""
        if not settings.SUIVI_DEMONSTRATION:
            return ""
        return _(
            "Demonstration, modelled on a public plan: the organisation, the people and all that is "
            "reported here are invented."
        )

    @property
    def internal_numbers(self) -> str:
        """Which numbers of deliverables are ours and not the document's, in one sentence; empty for none."""
        ours = [one.row.number for one in self.deliverables if one.row.number_is_internal]
        if not ours:
            return ""
        if len(ours) == len(self.deliverables):
            return _("The document adopted numbers its actions only; numbers such as 1.1.1 are internal.")
        return _(
            "The document adopted gives no number to some deliverables; these are internal: %(numbers)s."
        ) % {"numbers": ", ".join(ours)}

    def metadata(self, title: str, subject: str) -> Metadata:
        """The properties of the file, with what is needed to make it again."""
        plan = self.edition.plan
        head = head_of(plan, self.day)
        return Metadata(
            title=title,
            language=self.language,
            created_on=self.day,
            subject=subject,
            author=str(self.edition.header.get("author_unit", "")),
            provenance={
                "kind": self.asked.kind,
                "plan": plan.slug,
                **self.asked.narrowed,
                **({"printed": "provenance"} if self.asked.prints_provenance else {}),
                "edition": str(self.edition.number),
                "edition digest": self.edition.digest,
                "up to": self.up_to.isoformat(),
                "as of": self.day.isoformat(),
                "language": self.language,
                "version": f"suivi {suivi.__version__}",
                # By it anybody can tell later that no approval was cut off: suivi verify --head.
                **({"chain head": head.hash} if head else {}),
                "command": self.asked.command,
            },
        )

    def cover(self, subtitle: str, purpose: Content) -> Cover:
        """The head of the first page."""
        edition, header = self.edition, self.edition.header
        rows = [
            CoverRow(_("Plan"), self.words(edition.title) if edition.title else edition.plan.slug),
            CoverRow(
                _("Edition"),
                _("%(number)s, in force from %(day)s")
                % {"number": edition.number, "day": self.typography.day(edition.in_force_on)},
            ),
            CoverRow(_("As of"), self.typography.day(self.day)),
            CoverRow(_("Author unit"), str(header.get("author_unit", ""))),
        ]
        return Cover(
            organisation=self.body,
            symbol=str(header.get("symbol", "")),
            subtitle=subtitle,
            purpose_label=_("Purpose of the document"),
            purpose=purpose,
            rows=tuple(row for row in rows if row.value),
        )


def gather(asked: Asked, edition: Edition, parts: Parts = Parts.ALL) -> Material:
    """Read the facts of a report, with a constant number of queries; `parts` is what it needs of the plan."""
    return Material(
        asked=asked,
        edition=edition,
        deliverables=deliverables_on(asked.as_of, rows_of(edition), parts),
        units=unit_tree(asked.as_of),
        typography=Typography.of(asked.language),
    )
