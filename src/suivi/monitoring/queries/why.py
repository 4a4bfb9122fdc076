"""Why 37? A figure of a deliverable opened: its formula, what it rests on, what was left out and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from suivi.core.clock import end_of
from suivi.monitoring.models import (
    Evidence,
    EvidenceUse,
    ItemState,
    ProgressUpdate,
    ReportedValue,
    StepReached,
    UpdateKind,
    UpdateState,
)
from suivi.monitoring.queries.evidence import can_read_evidence
from suivi.monitoring.queries.revisions import Revised, revisions_on
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.monitoring.rules.facts import ItemFact, KeptFact, Measure, StepFact, ValueFact
from suivi.monitoring.rules.grounds import (
    Verdict,
    item_verdicts,
    kept_verdicts,
    step_verdicts,
    value_verdicts,
)
from suivi.organisation.queries import Authority, UnitTree, unit_tree
from suivi.plan.models import Deliverable, Edition
from suivi.values.messages import Message, gettext_noop


@dataclass(frozen=True, slots=True)
class EvidenceSeen:
    """A piece of evidence as the reader may see it.

    `evidence` is None where they may not: then only its class is said. `is_withdrawn` as of the day.
    """

    classification: str
    is_withdrawn: bool
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact: what was said in which update, with which evidence, and what became of it in the figure.

    One of `item`, `step` and `value` is set; none for a commitment, which the update itself confirms.
    `unconfirmed` are the keys of the criteria that the reviewer did not confirm.
    """

    update: ProgressUpdate
    happened_on: date
    verdict: Verdict
    evidence: tuple[EvidenceSeen, ...]
    item: ItemState | None = None
    step: StepReached | None = None
    value: ReportedValue | None = None
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """A figure opened. `formula` says how it is made, `state` holds it with its signal and reason.

    `corrected` are approved updates that others correct, as known on the day.
    """

    state: StateOnDay
    formula: Message
    revisions: Sequence[Revised]
    rests_on: Sequence[Ground]
    left_out: Sequence[Ground]
    corrected: Sequence[ProgressUpdate]


_FORMULAS: Mapping[str, str] = {
    "items": gettext_noop(
        "The number of items that are concluded and confirmed on every criterion of the reference sheet, "
        "as last reported by this day."
    ),
    "ladder": gettext_noop("The highest step that was reached by this day."),
    "parts": gettext_noop("Of each part the highest step that was reached by this day."),
    "indicator": gettext_noop("The total as last reported by this day."),
    "commitment": gettext_noop("Whether the commitment was kept, as last confirmed by this day."),
    "": gettext_noop("There is no reference sheet, so nothing is counted."),
}


def why_of(
    deliverable: Deliverable, edition: Edition, up_to: date, as_of: date, authority: Authority
) -> Why | None:
    """The figure of a deliverable opened for a reader; None where it is no part of the edition."""
    state = states_of(edition, up_to, as_of, [deliverable.pk]).get(deliverable.pk)
    if state is None:
        return None
    record = _Record(deliverable, as_of, state, authority, unit_tree(as_of))
    grounds = record.grounds(up_to)
    return Why(
        state=state,
        formula=Message(_FORMULAS[state.measure.kind]),
        revisions=revisions_on(edition, as_of, [deliverable.pk]).get(deliverable.pk, ()),
        rests_on=[one for one in grounds if one.verdict is Verdict.COUNTED],
        left_out=[one for one in grounds if one.verdict is not Verdict.COUNTED],
        corrected=[update for update in record.updates.values() if record.is_corrected(update)],
    )


class _Record:
    """All approved updates of one deliverable as of a day, with their facts and evidence."""

    def __init__(
        self, deliverable: Deliverable, as_of: date, state: StateOnDay, authority: Authority, tree: UnitTree
    ) -> None:
        self.known_at: datetime = end_of(as_of)
        self.measure: Measure = state.measure
        self.needs_evidence = bool(state.sheet and state.sheet.needs_evidence)
        self.authority, self.tree = authority, tree
        self.updates = {row.pk: row for row in self._approved(deliverable)}
        self.uses: dict[int, list[EvidenceUse]] = {}
        for use in EvidenceUse.objects.filter(update_row__in=self.updates).select_related("evidence__plan"):
            self.uses.setdefault(use.update_row_id, []).append(use)

    def _approved(self, deliverable: Deliverable) -> QuerySet[Any]:
        corrections = ProgressUpdate.objects.filter(
            corrects=OuterRef("pk"), state=UpdateState.APPROVED, approved_at__lte=self.known_at
        )
        return (
            ProgressUpdate.objects.filter(
                deliverable=deliverable, state=UpdateState.APPROVED, approved_at__lte=self.known_at
            )
            .annotate(was_corrected=Exists(corrections))
            .select_related("unit", "round", "approved_by", "created_by", "submitted_by", "on_behalf_of")
            .order_by("-reported_on", "-key")
        )

    def is_corrected(self, update: ProgressUpdate) -> bool:
        return bool(update.was_corrected)  # type: ignore[attr-defined]

    def grounds(self, day: date) -> list[Ground]:
        """Each fact of the kind that the sheet chooses, the latest first."""
        kind = self.measure.kind
        if kind == "items":
            found = self._items(day)
        elif kind in {"ladder", "parts"}:
            found = self._steps(day)
        elif kind == "indicator":
            found = self._values(day)
        else:
            found = self._kept(day) if kind == "commitment" else []
        return sorted(found, key=lambda one: (one.happened_on, one.update.reported_on), reverse=True)

    def _items(self, day: date) -> list[Ground]:
        rows = list(ItemState.objects.filter(update_row__in=self.updates).select_related("item"))
        speaking = self._speaking(rows)
        facts = [
            ItemFact(
                row.item_id, row.stage, row.confirmed, row.happened_on, self._update(row).reported_on,
                str(self._update(row).key), self._is_proven(row.update_row_id, f"item:{row.item.key}"),
            )
            for row in speaking
        ]  # fmt: skip
        verdicts = self._verdicts(speaking, item_verdicts(self.measure, facts, day))
        return [
            self._ground(
                row,
                verdicts,
                row.happened_on,
                f"item:{row.item.key}",
                item=row,
                unconfirmed=tuple(key for key in self.measure.criteria if not row.confirmed.get(key)),
            )
            for row in rows
        ]

    def _steps(self, day: date) -> list[Ground]:
        rows = list(StepReached.objects.filter(update_row__in=self.updates).select_related("rung"))
        speaking = self._speaking(rows)
        facts = [
            StepFact(row.part, row.rung.key, row.happened_on, self._is_proven(row.update_row_id, _about(row)))
            for row in speaking
        ]
        verdicts = self._verdicts(speaking, step_verdicts(self.measure, facts, day))
        return [self._ground(row, verdicts, row.happened_on, _about(row), step=row) for row in rows]

    def _values(self, day: date) -> list[Ground]:
        rows = list(ReportedValue.objects.filter(update_row__in=self.updates, category={}))
        speaking = self._speaking(rows)
        facts = [
            ValueFact(
                row.value or Decimal(0), row.happened_on, self._update(row).reported_on,
                str(self._update(row).key),
                self._is_proven(row.update_row_id, "value"),
            )
            for row in speaking
        ]  # fmt: skip
        verdicts = self._verdicts(speaking, value_verdicts(self.measure, facts, day))
        return [self._ground(row, verdicts, row.happened_on, "value", value=row) for row in rows]

    def _kept(self, day: date) -> list[Ground]:
        rows = [row for row in self.updates.values() if row.is_commitment_kept is not None]
        speaking = self._speaking(rows)
        facts = [
            KeptFact(
                bool(row.is_commitment_kept), row.reported_on, str(row.key), self._is_proven(row.pk, "value")
            )
            for row in speaking
        ]
        verdicts = self._verdicts(speaking, kept_verdicts(self.measure, facts, day))
        return [self._ground(row, verdicts, row.reported_on, "value") for row in rows]

    def _update(self, row: Any) -> ProgressUpdate:
        return row if isinstance(row, ProgressUpdate) else self.updates[row.update_row_id]

    def _speaking(self, rows: Sequence[Any]) -> list[Any]:
        return [row for row in rows if self._silenced(self._update(row)) is None]

    def _silenced(self, update: ProgressUpdate) -> Verdict | None:
        if self.is_corrected(update):
            return Verdict.CORRECTED
        return Verdict.CONTRIBUTION if update.kind == UpdateKind.CONTRIBUTION else None

    def _verdicts(self, rows: Sequence[Any], verdicts: Sequence[Verdict]) -> dict[int, Verdict]:
        return {row.pk: verdict for row, verdict in zip(rows, verdicts, strict=True)}

    def _ground(
        self, row: Any, verdicts: Mapping[int, Verdict], happened_on: date, about: str, **more: Any
    ) -> Ground:
        update = self._update(row)
        verdict = self._silenced(update) or verdicts[row.pk]
        return Ground(update, happened_on, verdict, tuple(self._seen(update.pk, about)), **more)

    def _uses(self, update: int, about: str) -> list[EvidenceUse]:
        return [use for use in self.uses.get(update, ()) if use.about in {"", about}]

    def _is_proven(self, update: int, about: str) -> bool:
        uses = self._uses(update, about)
        return any(self._stands(use.evidence) for use in uses) if uses else not self.needs_evidence

    def _stands(self, evidence: Evidence) -> bool:
        return evidence.withdrawn_at is None or evidence.withdrawn_at > self.known_at

    def _seen(self, update: int, about: str) -> Iterable[EvidenceSeen]:
        for use in self._uses(update, about):
            is_readable = can_read_evidence(self.authority, use.evidence, self.tree)
            yield EvidenceSeen(
                use.evidence.classification,
                not self._stands(use.evidence),
                use.evidence if is_readable else None,
            )


def _about(row: StepReached) -> str:
    return f"step:{row.part}/{row.rung.key}"
