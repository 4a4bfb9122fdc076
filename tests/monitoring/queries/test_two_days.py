"""What two days promise: later knowledge changes no earlier view, later facts no earlier state, and the order
in which approvals arrive decides nothing. Records are drawn at random; each example is rolled back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suivi.monitoring.commands.sheets import (
    CriterionGiven,
    PartGiven,
    RungGiven,
    describe_ladder,
    revise_target,
    write_sheet,
)
from suivi.monitoring.models import Evidence, ProgressUpdate
from suivi.monitoring.queries.history import histories_of
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.monitoring.queries.why import why_of
from suivi.organisation.queries import authority_of
from suivi.plan.models import Edition
from suivi.plan.queries import edition_on
from tests.cast import DAY, Cast, at, build_cast, words
from tests.monitoring.order import ORDER
from tests.monitoring.record import Record, noon

FIRST = date(2022, 1, 1)
KEYS = {"items": "1.1.1", "parts": "1.1.2", "indicator": "1.2.1", "commitment": "2.1.2"}
days = st.integers(0, 1100).map(lambda n: FIRST + timedelta(days=n))


@dataclass(frozen=True)
class Said:
    """One approved update as drawn: its days, one fact, its evidence, and the one it corrects (by place)."""

    reported_on: date
    approved_on: date
    happened_on: date
    thing: int
    word: int
    is_good: bool
    has_evidence: bool
    withdrawn_on: date | None
    corrects: int | None


said = st.builds(
    Said,
    days,
    days,
    days,
    st.integers(0, 2),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
    st.none() | days,
    st.none() | st.integers(0, 7),
)
records = st.lists(said, min_size=1, max_size=8)
kinds = st.sampled_from(sorted(KEYS))
many = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def watched(db: None) -> Cast:
    """The cast with a sheet of each kind; items and values count only with evidence."""
    cast = build_cast()
    edition = edition_on(cast.plan, DAY)
    assert edition
    rungs = [RungGiven(key, words(key.title())) for key in ("planned", "drafted", "used")]
    then = {"by": None, "now": at(2021, 1, 12), "edition": edition}
    describe_ladder(**then, key="made", name=words("Made"), rungs=rungs)
    parts = [PartGiven("strand", key, words(key.title())) for key in ("north", "south")]
    for kind, key in KEYS.items():
        write_sheet(
            **then,
            deliverable=cast.deliverable(key),
            kind=kind,
            ladder="made" if kind == "parts" else "",
            parts=parts if kind == "parts" else (),
            criteria=[CriterionGiven("new", words("Is it new?"))],
            needs_evidence=kind in {"items", "indicator"},
            baseline=Decimal(0) if kind == "indicator" else None,
        )
    revise_target(
        by=None, now=at(2023, 3, 1), deliverable=cast.deliverable("1.1.1"), target=Decimal(2),
        decided_on=date(2023, 2, 20), decided_by="The director", reason="Two are enough",
    )  # fmt: skip
    return cast


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def edition_of(cast: Cast) -> Edition:
    edition = edition_on(cast.plan, DAY)
    assert edition
    return edition


def write(cast: Cast, kind: str, told: Sequence[Said], order: Sequence[int] | None = None) -> None:
    """The updates in the record, in this order of arrival; each keeps the key of its place."""
    record = Record(cast.deliverable(KEYS[kind]), cast.island, cast.reviewer)
    rows: dict[int, ProgressUpdate] = {}
    for place in order if order is not None else range(len(told)):
        one = told[place]
        rows[place] = row = record.update(
            one.reported_on,
            one.approved_on,
            key=UUID(int=place + 1),
            is_commitment_kept=one.is_good if kind == "commitment" else None,
        )
        if kind == "items":
            stage = ("concluded", "negotiation", "dropped")[one.word]
            record.item(row, UUID(int=one.thing + 100), stage, one.happened_on, {"new": one.is_good})
        elif kind == "parts":
            part, rung = ("north", "south", "west")[one.thing], ("planned", "drafted", "used")[one.word]
            record.step(row, rung, one.happened_on, part)
        elif kind == "indicator":
            record.value(row, Decimal(one.thing * 20), one.happened_on)
        if one.has_evidence:
            record.evidence(row, about_of(kind, one), one.withdrawn_on)
    for place, one in enumerate(told):
        if one.corrects is not None and one.corrects in rows and one.corrects != place:
            ProgressUpdate.objects.filter(pk=rows[place].pk).update(corrects=rows[one.corrects])


def about_of(kind: str, one: Said) -> str:
    """What its evidence shows: the fact itself, or now and then the update as a whole."""
    if not one.is_good and kind != "items":
        return ""
    part, rung = ("north", "south", "west")[one.thing], ("planned", "drafted", "used")[one.word]
    return {
        "items": f"item:{UUID(int=one.thing + 100)}",
        "parts": f"step:{part}/{rung}",
        "indicator": "value",
        "commitment": "value",
    }[kind]


def state_of(cast: Cast, kind: str, up_to: date, as_of: date) -> StateOnDay:
    pk = cast.deliverable(KEYS[kind]).pk
    return states_of(edition_of(cast), up_to, as_of)[pk]


def seen(state: StateOnDay) -> tuple[object, ...]:
    """All of a state but the rows of the database it stands in."""
    last = state.last and state.last[1:]
    return (state.signal, state.measure, state.steps, last, state.agreed)


@many
@given(kinds, records, days, days)
def test_the_latest_facts_tell_the_same_as_all_facts(
    watched: Cast, kind: str, told: list[Said], up_to: date, as_of: date
) -> None:
    up_to = min(up_to, as_of)
    with rolled_back():
        write(watched, kind, told)
        pk = watched.deliverable(KEYS[kind]).pk
        history = histories_of(edition_of(watched), as_of)[pk]
        state = state_of(watched, kind, up_to, as_of)
        assert (state.signal, state.measure) == (history.signal_on(up_to), history.measure_on(up_to))


@many
@given(kinds, records, records, days, days)
def test_a_view_as_of_a_day_never_changes_when_more_becomes_known(
    watched: Cast, kind: str, told: list[Said], later: list[Said], up_to: date, as_of: date
) -> None:
    with rolled_back():
        write(watched, kind, [one for one in told if one.approved_on <= as_of])
        before = seen(state_of(watched, kind, up_to, as_of))
        with rolled_back():
            record = Record(watched.deliverable(KEYS[kind]), watched.island, watched.reviewer)
            for one in later:
                row = record.update(
                    one.reported_on,
                    as_of + timedelta(days=1 + one.thing),
                    corrects=ProgressUpdate.objects.order_by("key").first() if one.is_good else None,
                )
                if kind == "items":
                    record.item(row, UUID(int=one.thing + 100), "concluded", one.happened_on, {"new": True})
            Evidence.objects.filter(withdrawn_at__isnull=True).update(
                withdrawn_at=noon(as_of + timedelta(days=1)), withdrawn_reason="It names a person"
            )
            revise_target(
                by=None, now=noon(as_of + timedelta(days=2)), deliverable=record.deliverable,
                target=Decimal(1), decided_on=FIRST, decided_by="The director", reason="One is enough",
            )  # fmt: skip
            assert seen(state_of(watched, kind, up_to, as_of)) == before


@many
@given(kinds, records, st.randoms(use_true_random=False), days, days)
def test_the_order_in_which_approvals_arrive_decides_nothing(
    watched: Cast, kind: str, told: list[Said], chance: Random, up_to: date, as_of: date
) -> None:
    order = chance.sample(range(len(told)), len(told))
    found = []
    for one in (None, order):
        with rolled_back():
            write(watched, kind, told, one)
            found.append(seen(state_of(watched, kind, up_to, as_of)))
    assert found[0] == found[1]


@many
@given(kinds, records, records, days, days)
def test_the_state_up_to_a_day_ignores_what_happened_later(
    watched: Cast, kind: str, told: list[Said], later: list[Said], up_to: date, as_of: date
) -> None:
    late = [
        Said(
            up_to + timedelta(days=1 + one.thing), one.approved_on, up_to + timedelta(days=1 + one.word),
            one.thing, one.word, one.is_good, one.has_evidence, one.withdrawn_on, None,
        )
        for one in later
    ]  # fmt: skip
    with rolled_back():
        write(watched, kind, told)
        before = seen(state_of(watched, kind, up_to, as_of))
    with rolled_back():
        write(watched, kind, [*told, *late])
        assert seen(state_of(watched, kind, up_to, as_of)) == before


@many
@given(kinds, records, days, days)
def test_withdrawn_evidence_never_improves_a_state(
    watched: Cast, kind: str, told: list[Said], up_to: date, as_of: date
) -> None:
    with rolled_back():
        write(watched, kind, told)
        before = state_of(watched, kind, up_to, as_of).signal.status
        for evidence in Evidence.objects.filter(withdrawn_at__isnull=True):
            evidence.withdrawn_at, evidence.withdrawn_reason = noon(FIRST), "It names a person"
            evidence.save()
            after = state_of(watched, kind, up_to, as_of).signal.status
            assert ORDER.index(after) >= ORDER.index(before)
            before = after


@many
@given(kinds, records, days, days)
def test_what_a_figure_rests_on_makes_the_figure(
    watched: Cast, kind: str, told: list[Said], up_to: date, as_of: date
) -> None:
    authority = authority_of(watched.plan_manager, DAY)
    with rolled_back():
        write(watched, kind, told)
        deliverable = watched.deliverable(KEYS[kind])
        why = why_of(deliverable, edition_of(watched), up_to, as_of, authority)
        assert why
        progress = why.state.signal.progress
        if kind == "items":
            assert progress.number == len({one.item.item_id for one in why.rests_on if one.item})
        elif kind == "parts":
            places = [(one.step.part, one.step.rung.position) for one in why.rests_on if one.step]
            assert progress.reached == {
                part: max((place for of, place in places if of == part), default=0)
                for part in ("north", "south")
            }
        elif kind == "indicator":
            assert {one.value.value for one in why.rests_on if one.value} == (
                set() if progress.number is None else {progress.number}
            )
        else:
            said = {one.update.is_commitment_kept for one in why.rests_on}
            assert said == (set() if progress.is_kept is None else {progress.is_kept})
