"""States of an edition: what speaks, what is kept apart, and in how many queries."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suivi.monitoring.commands.rounds import open_round
from suivi.monitoring.commands.sheets import (
    CriterionGiven,
    PartGiven,
    RungGiven,
    describe_ladder,
    revise_target,
    set_rules,
    write_sheet,
)
from suivi.monitoring.commands.status import agree_as_signalled, agree_status
from suivi.monitoring.models import AgreedStatus, ChainLink, Round
from suivi.monitoring.queries.changes import Change, Days, changed_between
from suivi.monitoring.queries.dashboard import dashboard_of
from suivi.monitoring.queries.history import burn_up_of, heat_of, histories_of
from suivi.monitoring.queries.sheets import ladders_on, settings_on, sheet_on, sheets_on
from suivi.monitoring.queries.states import StateOnDay, states_of
from suivi.monitoring.queries.why import why_of
from suivi.monitoring.rules.grounds import Verdict
from suivi.organisation.queries import authority_of
from suivi.plan.models import Edition
from suivi.plan.queries import edition_on
from suivi.values.errors import NotAllowed, NotFound, RuleBroken
from tests.cast import DAY, NOW, Cast, at, build_cast, words
from tests.monitoring.record import Record

THEN = {"by": None, "now": at(2021, 1, 12)}
LANTERN = UUID(int=7)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast with a ladder, and a sheet of counted items for 1.1.1."""
    cast = build_cast()
    rungs = [RungGiven(key, words(key.title())) for key in ("planned", "drafted", "used")]
    describe_ladder(**THEN, edition=edition(cast), key="made", name=words("Made"), rungs=rungs)
    write_sheet(
        **THEN,
        deliverable=cast.deliverable("1.1.1"),
        edition=edition(cast),
        kind="items",
        criteria=[CriterionGiven("new", words("Is it new?"))],
    )
    return cast


def edition(cast: Cast, day: date = DAY) -> Edition:
    found = edition_on(cast.plan, day)
    assert found
    return found


def record(cast: Cast, key: str = "1.1.1") -> Record:
    return Record(cast.deliverable(key), cast.headquarters, cast.reviewer)


def state(cast: Cast, key: str = "1.1.1", up_to: date = DAY, as_of: date = DAY) -> StateOnDay:
    return states_of(edition(cast, as_of), up_to, as_of)[cast.deliverable(key).pk]


def light(cast: Cast, count: int, on: date = date(2022, 6, 1)) -> None:
    """So many lanterns concluded and confirmed on a day."""
    told = record(cast)
    update = told.update(on, assessment="on_track")
    for n in range(count):
        told.item(update, UUID(int=1000 + n), "concluded", on, {"new": True})


def the_round(cast: Cast) -> Round:
    return open_round(
        by=None, now=NOW, plan=cast.plan, key="r", title=words("Round"), period_starts_on=date(2022, 7, 1),
        period_ends_on=date(2022, 12, 31), opens_on=DAY, due_on=DAY, asked=[],
    )  # fmt: skip


def test_states_take_at_most_five_queries_whatever_there_is(cast: Cast) -> None:
    parts = [PartGiven("strand", "north", words("North"))]
    write_sheet(
        **THEN, deliverable=cast.deliverable("1.1.2"), edition=edition(cast), kind="parts", ladder="made",
        parts=parts,
    )  # fmt: skip
    light(cast, 3)
    unproven = record(cast)
    update = unproven.update(date(2022, 9, 1))
    unproven.item(update, LANTERN, "concluded", date(2022, 9, 1), {"new": True})
    unproven.evidence(update, f"item:{LANTERN}", withdrawn_on=date(2022, 10, 1))
    step = record(cast, "1.1.2")
    step.step(step.update(date(2022, 9, 1)), "drafted", date(2022, 9, 1), "north")
    with CaptureQueriesContext(connection) as captured:
        states_of(edition(cast), DAY, DAY)
    assert len(captured) <= 6  # one of them finds the edition


def test_contributions_drafts_and_corrected_updates_do_not_speak(cast: Cast) -> None:
    told = record(cast)
    corrected = told.update(date(2022, 9, 1))
    told.item(corrected, LANTERN, "concluded", date(2022, 9, 1), {"new": True})
    told.update(date(2022, 9, 1), approved_on=date(2022, 10, 1), corrects=corrected)
    contribution = told.update(date(2022, 9, 1), kind="contribution")
    told.item(contribution, UUID(int=8), "concluded", date(2022, 9, 1), {"new": True})
    draft = told.update(date(2022, 9, 1), state="draft", approved_at=None, approved_by=None, recorded_at=None)
    told.item(draft, UUID(int=9), "concluded", date(2022, 9, 1), {"new": True})
    assert state(cast).signal.progress.number == 0
    # Before the correction was approved the record knew better.
    assert state(cast, as_of=date(2022, 9, 30)).signal.progress.number == 1


def test_the_three_are_kept_apart_and_a_difference_is_seen(cast: Cast) -> None:
    light(cast, 1)
    seen = state(cast)
    assert (seen.assessment, seen.signal.status, seen.agreed) == ("on_track", "at_risk", None)
    assert seen.is_seen_otherwise
    round = the_round(cast)
    agree_status(
        by=cast.plan_manager, now=NOW, round=round, deliverable=cast.deliverable("1.1.1"),
        status="off_track", reason="The oil is missing",
    )  # fmt: skip
    agreed = state(cast).agreed
    assert agreed
    assert (agreed.status, agreed.signal, agreed.reason) == ("off_track", "on_track", "The oil is missing")


def test_agreeing_otherwise_than_the_signal_needs_a_reason(cast: Cast) -> None:
    asked = {"by": cast.plan_manager, "now": NOW, "round": the_round(cast)}
    with pytest.raises(RuleBroken, match="differs from the signal"):
        agree_status(**asked, deliverable=cast.deliverable("1.1.1"), status="achieved")


def test_nothing_is_agreed_as_not_achieved_before_its_end_nor_postponed_without_a_decision(
    cast: Cast,
) -> None:
    asked = {"by": cast.plan_manager, "now": NOW, "round": the_round(cast), "reason": "So it seems"}
    with pytest.raises(RuleBroken, match="before its time frame has ended"):
        agree_status(**asked, deliverable=cast.deliverable("1.1.1"), status="not_achieved")
    with pytest.raises(RuleBroken, match="needs a decision"):
        agree_status(**asked, deliverable=cast.deliverable("1.1.1"), status="postponed")
    postponed = agree_status(
        **asked, deliverable=cast.deliverable("1.1.1"), status="postponed", decision=edition(cast).decision
    )
    assert postponed.status == "postponed"


def test_only_the_plan_manager_agrees_and_only_on_what_is_in_force(cast: Cast) -> None:
    round = the_round(cast)
    with pytest.raises(NotAllowed):
        agree_as_signalled(by=cast.reviewer, now=NOW, round=round)
    with pytest.raises(NotFound):
        agree_status(
            by=None, now=NOW, round=round, deliverable=cast.deliverable("2.1.1"), status="not_started"
        )


def test_the_rest_is_agreed_as_signalled_and_every_agreement_is_chained(cast: Cast) -> None:
    round = the_round(cast)
    first = agree_status(
        by=None, now=NOW, round=round, deliverable=cast.deliverable("1.1.1"), status="at_risk", reason="Oil"
    )
    rest = agree_as_signalled(by=None, now=NOW, round=round)
    assert {row.deliverable.key for row in rest} == {"1.1.2", "1.2.1", "2.1.2"}
    assert all(row.status == row.signal for row in rest)
    assert ChainLink.objects.filter(kind="agreed_status").count() == 4
    again = agree_status(
        by=None, now=NOW, round=round, deliverable=first.deliverable, status="off_track", reason="No oil"
    )
    assert list(AgreedStatus.objects.current().filter(deliverable=first.deliverable)) == [again]


def test_an_edition_goes_on_with_the_sheets_ladders_and_rules_of_the_one_before(cast: Cast) -> None:
    first = edition(cast, date(2021, 6, 1))
    assert first.number == 1
    set_rules(by=None, now=at(2021, 2, 1), edition=first, settings={"recent_days": 100})
    write_sheet(
        by=None, now=at(2021, 2, 1), deliverable=cast.deliverable("1.2.1"), edition=first, kind="commitment"
    )
    second = edition(cast)
    assert settings_on(second, DAY).recent_days == 100
    assert sheets_on(second, DAY)[cast.deliverable("1.2.1").pk].kind == "commitment"
    write_sheet(
        by=None, now=at(2022, 7, 1), deliverable=cast.deliverable("1.2.1"), edition=second, kind="indicator"
    )
    kinds = [
        sheet_on(cast.deliverable("1.2.1"), one, day).kind  # type: ignore[union-attr]
        for one, day in ((first, DAY), (second, date(2022, 6, 30)), (second, DAY))
    ]
    assert kinds == ["commitment", "commitment", "indicator"]
    assert [rung.key for rung in ladders_on(second, DAY)["made"].rungs] == ["planned", "drafted", "used"]


def test_a_ladder_that_is_written_anew_keeps_the_steps_by_their_keys(cast: Cast) -> None:
    write_sheet(
        **THEN, deliverable=cast.deliverable("1.1.2"), edition=edition(cast), kind="ladder", ladder="made"
    )
    told = record(cast, "1.1.2")
    told.step(told.update(date(2022, 9, 1)), "drafted", date(2022, 9, 1))
    longer = [RungGiven(key, words(key)) for key in ("asked", "planned", "drafted", "tried", "used")]
    describe_ladder(
        by=None, now=at(2022, 12, 1), edition=edition(cast), key="made", name=words("Made"), rungs=longer
    )
    assert state(cast, "1.1.2").signal.progress.reached == {"": 3}
    assert state(cast, "1.1.2", as_of=date(2022, 11, 30)).signal.progress.reached == {"": 2}


def test_a_revised_target_holds_from_its_day_until_the_body_adopts_another(cast: Cast) -> None:
    light(cast, 3)
    revise_target(
        by=cast.plan_manager, now=at(2022, 1, 12), deliverable=cast.deliverable("1.1.1"), target=Decimal(3),
        decided_on=date(2022, 1, 11), decided_by="The director", reason="Three are enough",
    )  # fmt: skip
    seen = state(cast)
    assert (seen.measure.target, seen.measure.adopted_target, seen.is_revised) == (3, 10, True)
    assert seen.signal.status == "achieved"
    assert state(cast, up_to=date(2022, 1, 10)).measure.target == 10
    assert state(cast, as_of=date(2022, 1, 11)).measure.target == 10
    row = edition(cast).deliverableeditions.get(deliverable=cast.deliverable("1.1.1"))
    row.target = Decimal(12)
    row.save()
    assert state(cast).measure.target == 12


def test_the_burn_up_counts_by_the_day_and_shows_both_targets(cast: Cast) -> None:
    told = record(cast)
    update = told.update(date(2022, 6, 1))
    for n, month in enumerate((2, 2, 5)):
        told.item(update, UUID(int=n), "concluded", date(2022, month, 1), {"new": True})
    given_up = told.update(date(2022, 9, 1))
    told.item(given_up, UUID(int=0), "dropped", date(2022, 8, 1))
    revise_target(
        by=None, now=at(2022, 8, 2), deliverable=told.deliverable, target=Decimal(8),
        decided_on=date(2022, 8, 1), decided_by="The director", reason="Eight are enough",
    )  # fmt: skip
    history = histories_of(edition(cast), DAY)[told.deliverable.pk]
    burn_up = burn_up_of(history, DAY)
    assert burn_up.counted == ((date(2022, 2, 1), 2), (date(2022, 5, 1), 3), (date(2022, 8, 1), 2))
    assert burn_up.targets == ((date(2021, 1, 1), 10), (date(2022, 8, 1), 8))


def test_the_heat_table_has_what_was_agreed_or_else_the_signal_of_each_round(cast: Cast) -> None:
    light(cast, 10)
    round = the_round(cast)
    agree_status(
        by=None, now=NOW, round=round, deliverable=cast.deliverable("1.1.2"), status="at_risk", reason="Oil"
    )
    heat = heat_of(edition(cast), DAY, DAY, histories_of(edition(cast), DAY))
    cells = {key: heat.rows[cast.deliverable(key).pk][0] for key in ("1.1.1", "1.1.2", "1.2.1")}
    assert heat.rounds == (round,)
    assert {key: cell.status for key, cell in cells.items()} == {
        "1.1.1": "achieved",
        "1.1.2": "at_risk",
        "1.2.1": "not_started",
    }
    assert cells["1.1.1"].agreed == ""


def test_what_changed_between_two_days_is_said_by_deliverable(cast: Cast) -> None:
    light(cast, 10, date(2022, 8, 1))
    before, after = (Days(day, day) for day in (date(2022, 5, 1), DAY))
    changed = {one.deliverable: one for one in changed_between(cast.plan, before, after)}
    lanterns = changed[cast.deliverable("1.1.1").pk]
    assert set(lanterns.changes) == {Change.SIGNAL, Change.PROGRESS, Change.ASSESSMENT}
    assert changed[cast.deliverable("2.1.1").pk].changes == (Change.DROPPED,)
    assert changed[cast.deliverable("2.1.2").pk].changes == (Change.ADDED,)
    assert changed_between(cast.plan, after, after) == []


def test_the_dashboard_counts_every_deliverable_once_in_each_way(cast: Cast) -> None:
    light(cast, 10)
    data = dashboard_of(edition(cast), DAY, DAY)
    keys = {cast.deliverable(key).pk: key for key in ("1.1.1", "1.1.2", "1.2.1", "2.1.2")}
    for groups in (data.by_pillar, data.by_unit, data.by_region, data.by_window):
        counted = [pk for group in groups for pk in group.deliverables]
        assert sorted(counted) == sorted(keys)
    assert {group.key: [keys[pk] for pk in group.deliverables] for group in data.by_unit} == {
        "headquarters": ["1.1.1", "2.1.2"],
        "region": ["1.1.2"],
        "": ["1.2.1"],
    }
    assert {group.key: len(group.deliverables) for group in data.by_region} == {"region": 1, "": 3}
    assert data.total.signals["achieved"] == (cast.deliverable("1.1.1").pk,)
    assert [keys[pk] for pk in data.unassigned] == ["1.1.2", "1.2.1"]
    assert [keys[pk] for pk in data.late] == ["1.1.1"]


def test_why_shows_each_fact_with_its_fate_and_evidence_only_to_those_who_may_see_it(cast: Cast) -> None:
    told = record(cast)
    corrected = told.update(date(2022, 6, 1))
    told.item(corrected, UUID(int=1), "concluded", date(2022, 6, 1), {"new": True})
    update = told.update(date(2022, 6, 1), approved_on=date(2022, 7, 1), corrects=corrected)
    told.item(update, UUID(int=1), "concluded", date(2022, 6, 1), {"new": True})
    told.item(update, UUID(int=2), "concluded", date(2022, 6, 1), {"new": False})
    told.item(update, UUID(int=3), "negotiation", date(2022, 6, 1))
    paper = told.evidence(update, f"item:{UUID(int=1)}")
    paper.classification = "confidential"
    paper.save()
    whys = {
        person: why_of(told.deliverable, edition(cast), DAY, DAY, authority_of(person, DAY))
        for person in (cast.plan_manager, cast.focal_point)
    }
    opened = whys[cast.plan_manager]
    assert opened
    assert opened.state.signal.progress.number == 1
    (counted,) = opened.rests_on
    assert counted.evidence[0].evidence == paper
    assert counted.update.approved_by == cast.reviewer
    assert {one.verdict for one in opened.left_out} == {
        Verdict.CORRECTED,
        Verdict.NOT_CONFIRMED,
        Verdict.NOT_CONCLUDED,
    }
    assert [one.unconfirmed for one in opened.left_out if one.verdict is Verdict.NOT_CONFIRMED] == [("new",)]
    hidden = whys[cast.focal_point]
    assert hidden
    (same,) = hidden.rests_on
    assert (same.evidence[0].evidence, same.evidence[0].classification) == (None, "confidential")
