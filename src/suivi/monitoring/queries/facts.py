"""What was reported, as plain rows in one query: the facts that a state is computed from.

Only approved updates of kind "update" speak, as far as the record knew them, and none that was corrected.
A plan may hold a million updates, so of each thing only the latest fact is read; the few deliverables where
that does not settle the matter (a fact without proof, or one that came after the time frame had ended) are
read whole in a second query.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    JSONField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Substr

from suivi.core.fields import descaled
from suivi.monitoring.models import (
    EvidenceUse,
    Item,
    ItemState,
    ProgressUpdate,
    ReportedValue,
    StepReached,
    UpdateKind,
    UpdateState,
)
from suivi.monitoring.rules.facts import CONCLUDED, Dated, Facts, ItemFact, KeptFact, StepFact, ValueFact
from suivi.plan.models import Deliverable


@dataclass(frozen=True)
class Asked:
    """Whose facts are asked for, and for which two days.

    `up_to`: what had happened by then. `known_at`: the last moment of the day as of which is asked.
    `deliverables` None are all of the plan.
    """

    plan: int
    up_to: date
    known_at: datetime
    deliverables: Collection[int] | None = None

    def of(self, deliverables: Collection[int]) -> "Asked":
        """The same days for these deliverables only."""
        return Asked(self.plan, self.up_to, self.known_at, deliverables)

    def scope(self, path: str) -> Q:
        """The rows of these deliverables; `path` leads from a row to its deliverable."""
        if self.deliverables is None:
            return Q(**{f"{path}__plan" if path else "plan": self.plan})
        return Q(**{f"{path}__in" if path else "pk__in": self.deliverables})


class LastUpdate(NamedTuple):
    """The latest update that speaks: by the day it speaks of, then by its key."""

    pk: int
    key: str
    unit: int
    reported_on: date
    approved_at: datetime
    assessment: str
    expected_on: date | None


@dataclass(slots=True)
class Reported:
    """What was reported on one deliverable, and the latest update that did."""

    facts: Facts = field(default_factory=Facts)
    last: LastUpdate | None = None


def speaking_updates(known_at: datetime) -> QuerySet[ProgressUpdate]:
    """The updates that set the state of deliverables, as the record knew them at a moment."""
    return ProgressUpdate.objects.filter(_speaks("", known_at))


def reported_on(
    asked: Asked, needs_evidence: Collection[int], ends: Mapping[int, date | None]
) -> dict[int, Reported]:
    """Deliverable to what was reported on it, in one query, or two where the latest facts do not settle it.

    `needs_evidence` are the deliverables whose sheet asks for evidence, `ends` the last days of time frames.
    """
    found = _read(_latest(asked), needs_evidence)
    open_ = [pk for pk, one in found.items() if not _is_settled(one.facts, ends.get(pk), asked.up_to)]
    if open_:
        whole = _read(_all(asked.of(open_)), needs_evidence)
        for pk in open_:
            # The steps are read whole the first time.
            found[pk].facts = Facts(
                whole[pk].facts.items, found[pk].facts.steps, whole[pk].facts.values, whole[pk].facts.kept
            )
    return found


def all_reported_on(asked: Asked, needs_evidence: Collection[int]) -> dict[int, Reported]:
    """The same with every fact there is, for those who want to see what a state rests on."""
    return _read(_all(asked, with_steps=True), needs_evidence)


def _is_settled(facts: Facts, ends_on: date | None, up_to: date) -> bool:
    """Whether the latest fact of each thing decides alone."""
    dated: tuple[Sequence[Dated], ...] = (facts.items, facts.values, facts.kept)
    last = up_to if ends_on is None else min(ends_on, up_to)
    if any(fact.happened_on > last for facts_of_kind in dated for fact in facts_of_kind):
        return False
    return (
        all(fact.is_proven or fact.stage != CONCLUDED for fact in facts.items)
        and all(fact.is_proven for fact in facts.values)
        and all(fact.is_proven and fact.is_kept for fact in facts.kept)
    )


def _latest(asked: Asked) -> QuerySet[Any, Any]:
    items = Item.objects.filter(asked.scope("deliverable")).values(
        latest=Subquery(_states_of_item(asked)[:1])
    )
    deliverables = Deliverable.objects.filter(asked.scope(""))
    values = deliverables.values(latest=Subquery(_values_of_deliverable(asked)[:1]))
    updates = _updates_of_deliverable(asked)
    last = deliverables.values(latest=Subquery(updates[:1]))
    kept = deliverables.values(latest=Subquery(updates.filter(is_commitment_kept__isnull=False)[:1]))
    return _item_rows(asked, Q(pk__in=items)).union(
        _step_rows(asked),
        _value_rows(asked, Q(pk__in=values)),
        _update_rows(asked, "last", Q(pk__in=last)),
        _update_rows(asked, "kept", Q(pk__in=kept)),
        all=True,
    )


def _all(asked: Asked, *, with_steps: bool = False) -> QuerySet[Any, Any]:
    item_states = asked.scope("item__deliverable") & Q(happened_on__lte=asked.up_to)
    values = asked.scope("deliverable") & Q(happened_on__lte=asked.up_to, category={})
    kept = asked.scope("deliverable") & Q(reported_on__lte=asked.up_to, is_commitment_kept__isnull=False)
    spoken = _speaks("update_row__", asked.known_at)
    parts = [
        _value_rows(asked, values & spoken),
        _update_rows(asked, "kept", kept & _speaks("", asked.known_at)),
    ]
    if with_steps:
        parts.append(_step_rows(asked))
    return _item_rows(asked, item_states & spoken).union(*parts, all=True)


def _speaks(path: str, known_at: datetime) -> Q:
    """That an update speaks; `path` leads from the row to it."""
    corrected = ProgressUpdate.objects.filter(
        corrects=OuterRef(f"{path}pk"), state=UpdateState.APPROVED, approved_at__lte=known_at
    )
    return Q(
        ~Exists(corrected),
        **{
            f"{path}state": UpdateState.APPROVED,
            f"{path}kind": UpdateKind.UPDATE,
            f"{path}approved_at__lte": known_at,
        },
    )


_NEWEST = ("-happened_on", "-update_row__reported_on", "-update_row__key")


def _states_of_item(asked: Asked) -> QuerySet[Any, Any]:
    return (
        ItemState.objects.filter(
            _speaks("update_row__", asked.known_at), item=OuterRef("pk"), happened_on__lte=asked.up_to
        )
        .order_by(*_NEWEST)
        .values("pk")
    )


def _values_of_deliverable(asked: Asked) -> QuerySet[Any, Any]:
    return (
        ReportedValue.objects.filter(
            _speaks("update_row__", asked.known_at),
            deliverable=OuterRef("pk"),
            happened_on__lte=asked.up_to,
            category={},
        )
        .order_by(*_NEWEST)
        .values("pk")
    )


def _updates_of_deliverable(asked: Asked) -> QuerySet[Any, Any]:
    return (
        ProgressUpdate.objects.filter(
            _speaks("", asked.known_at), deliverable=OuterRef("pk"), reported_on__lte=asked.up_to
        )
        .order_by("-reported_on", "-key")
        .values("pk")
    )


def _about_item() -> Any:
    """What a use of evidence says it shows, for the item of the row outside: "item:" and its key."""
    key = Cast(OuterRef("item__key"), CharField())
    if connection.features.has_native_uuid_field:
        return Concat(Value("item:"), key, output_field=CharField())
    # Without dashes there.
    pieces: list[Any] = []
    for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12)):
        pieces += [Value("-"), Substr(key, start, length)]
    return Concat(Value("item:"), *pieces[1:], output_field=CharField())


def _proof(asked: Asked, update: str, about: Any) -> Subquery:
    """1 where evidence stands, 0 where all of it was withdrawn, nothing where none was given.

    What is shown for an update as a whole counts for each of its facts.
    """
    stands = Q(evidence__withdrawn_at__isnull=True) | Q(evidence__withdrawn_at__gt=asked.known_at)
    uses = EvidenceUse.objects.filter(Q(about="") | Q(about=about), update_row=OuterRef(update))
    return Subquery(
        uses.order_by()
        .values("update_row")
        .annotate(stands=Max(Case(When(stands, then=1), default=0)))
        .values("stands"),
        output_field=IntegerField(),
    )


_NO_NUMBER = Cast(Value(None), BigIntegerField())
_NO_WORD = Value("")
_NO_ANSWERS = Value({}, output_field=JSONField())
_NO_DAY = Cast(Value(None), DateField())
_NO_KEY = Cast(Value(None), UUIDField())
_NO_MOMENT = Cast(Value(None), DateTimeField())


def _columns(
    tag: str,
    deliverable: str,
    *,
    on: Any,
    proof: Any,
    thing: Any = _NO_NUMBER,
    word: Any = _NO_WORD,
    part: Any = _NO_WORD,
    number: Any = _NO_NUMBER,
    confirmed: Any = _NO_ANSWERS,
    expected_on: Any = _NO_DAY,
    reported_on: Any = _NO_DAY,
    update: Any = _NO_KEY,
    unit: Any = _NO_NUMBER,
    approved_at: Any = _NO_MOMENT,
) -> tuple[Any, ...]:
    """The columns of `_Row` for one part of the union; what a part does not have is NULL of its type."""
    return (
        Value(tag), F(deliverable), thing, word, part, number, confirmed, on, expected_on, reported_on,
        update, unit, approved_at, proof,
    )  # fmt: skip


class _Row(NamedTuple):
    """One row of the union."""

    tag: str
    deliverable: int
    thing: int
    word: str
    part: str
    number: int
    confirmed: Mapping[str, bool]
    on: date
    expected_on: date | None
    reported_on: date
    update: UUID
    unit: int
    approved_at: datetime
    proof: int | None


def _item_rows(asked: Asked, condition: Q) -> QuerySet[Any, Any]:
    return (
        ItemState.objects.filter(condition)
        .order_by()
        .values_list(
            *_columns(
                "item",
                "item__deliverable_id",
                thing=F("item_id"),
                word=F("stage"),
                confirmed=F("confirmed"),
                on=F("happened_on"),
                expected_on=F("expected_on"),
                reported_on=F("update_row__reported_on"),
                update=F("update_row__key"),
                proof=_proof(asked, "update_row", _about_item()),
            )
        )
    )


def _step_rows(asked: Asked) -> QuerySet[Any, Any]:
    """Steps that are said again with the same day are one row."""
    about = Concat(
        Value("step:"), OuterRef("part"), Value("/"), OuterRef("rung__key"), output_field=CharField()
    )
    return (
        StepReached.objects.filter(
            _speaks("update_row__", asked.known_at),
            asked.scope("deliverable"),
            happened_on__lte=asked.up_to,
        )
        .order_by()
        .values_list(
            *_columns(
                "step",
                "deliverable_id",
                word=F("rung__key"),
                part=F("part"),
                on=F("happened_on"),
                proof=_proof(asked, "update_row", about),
            )
        )
        .distinct()
    )


def _value_rows(asked: Asked, condition: Q) -> QuerySet[Any, Any]:
    return (
        ReportedValue.objects.filter(condition)
        .order_by()
        .values_list(
            *_columns(
                "value",
                "deliverable_id",
                number=F("value"),
                on=F("happened_on"),
                reported_on=F("update_row__reported_on"),
                update=F("update_row__key"),
                proof=_proof(asked, "update_row", Value("value")),
            )
        )
    )


def _update_rows(asked: Asked, tag: str, condition: Q) -> QuerySet[Any, Any]:
    is_kept = Case(When(is_commitment_kept=True, then=1), default=0, output_field=BigIntegerField())
    return (
        ProgressUpdate.objects.filter(condition)
        .order_by()
        .values_list(
            *_columns(
                tag,
                "deliverable_id",
                thing=F("pk"),
                word=F("assessment"),
                number=is_kept,
                on=F("reported_on"),
                expected_on=F("expected_on"),
                reported_on=F("reported_on"),
                update=F("key"),
                unit=F("unit_id"),
                approved_at=F("approved_at"),
                proof=_proof(asked, "pk", Value("value")),
            )
        )
    )


def _read(rows: Iterable[Any], needs_evidence: Collection[int]) -> dict[int, Reported]:
    found: defaultdict[int, Reported] = defaultdict(Reported)
    for one in rows:
        row = _Row(*one)
        reported = found[row.deliverable]
        is_proven = row.proof == 1 or (row.proof is None and row.deliverable not in needs_evidence)
        _TAKEN[row.tag](reported, row, is_proven)
    return found


def _take_item(reported: Reported, row: _Row, is_proven: bool) -> None:
    reported.facts.items.append(
        ItemFact(
            row.thing, row.word, row.confirmed, row.on, row.reported_on, str(row.update), is_proven,
            row.expected_on,
        )
    )  # fmt: skip


def _take_step(reported: Reported, row: _Row, is_proven: bool) -> None:
    reported.facts.steps.append(StepFact(row.part, row.word, row.on, is_proven))


def _take_value(reported: Reported, row: _Row, is_proven: bool) -> None:
    number = descaled(row.number)
    reported.facts.values.append(ValueFact(number, row.on, row.reported_on, str(row.update), is_proven))


def _take_kept(reported: Reported, row: _Row, is_proven: bool) -> None:
    reported.facts.kept.append(KeptFact(row.number == 1, row.reported_on, str(row.update), is_proven))


def _take_last(reported: Reported, row: _Row, _is_proven: bool) -> None:
    reported.last = LastUpdate(
        row.thing, str(row.update), row.unit, row.reported_on, row.approved_at, row.word, row.expected_on
    )


_TAKEN: Mapping[str, Callable[[Reported, _Row, bool], None]] = {
    "item": _take_item,
    "step": _take_step,
    "value": _take_value,
    "kept": _take_kept,
    "last": _take_last,
}
