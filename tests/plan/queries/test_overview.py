from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suivi.plan.commands import answer_request, ask_for_change, assign_unit
from suivi.plan.models import ChangeKind
from suivi.plan.queries import Parts, deliverables_on, edition_on, rows_of
from suivi.plan.queries.overview import Overview, overview_of, rows_with, words_of_lines
from suivi.plan.rules import Gap
from suivi.plan.selection import Assigned, Selection, Span, YearTest
from tests.cast import DAY, Cast, at, build_cast

pytestmark = pytest.mark.django_db


def overview(cast: Cast, day: date = DAY, *, is_inside: bool = True) -> Overview:
    edition = edition_on(cast.plan, day)
    assert edition is not None
    return overview_of(edition, day, is_inside=is_inside)


def keys(found: Overview, wanted: Selection) -> list[str]:
    texts = words_of_lines([line.pk for line in found.lines])
    return [texts[line.pk].key for line in found.selected(wanted)]


def searched(cast: Cast, words: str) -> list[str]:
    found = overview(cast)
    return keys(found, Selection(rows=rows_with(found.edition, words)))


@pytest.fixture
def cast() -> Cast:
    return build_cast()


def test_the_lines_stand_in_the_order_of_the_plan(cast: Cast) -> None:
    assert keys(overview(cast), Selection()) == ["1.1.1", "1.1.2", "1.2.1", "2.1.2"]


def test_the_lines_say_the_same_as_the_deliverables_on_the_day(cast: Cast) -> None:
    found = overview(cast)
    edition = found.edition
    whole = deliverables_on(DAY, rows_of(edition), Parts.RESPONSIBILITIES | Parts.REQUESTS)
    assert [(one.row.pk, one.gaps, one.internal_end_on) for one in whole] == [
        (line.pk, found.held_for(line).gaps, line.internal_end_on) for line in found.lines
    ]


def test_the_pillars_count_gaps_and_time_frames(cast: Cast) -> None:
    first, second = overview(cast).counts()
    assert (first.deliverables, first.with_gaps, first.assigned) == (3, 2, 1)
    assert first.spans[Span.CLOSES_THIS_YEAR] == 1
    assert first.spans[Span.OPEN] == 2
    assert (second.deliverables, second.with_gaps) == (1, 0)


def test_readers_from_outside_get_no_units(cast: Cast) -> None:
    found = overview(cast, is_inside=False)
    assert found.held == {}
    assert all(line.internal_end_on is None for line in found.lines)


def test_a_unit_selects_what_it_answers_for_or_works_on(cast: Cast) -> None:
    assert keys(overview(cast), Selection(units=frozenset({cast.island.pk}))) == ["1.1.1"]
    both = frozenset({cast.island.pk, cast.region.pk})
    assert keys(overview(cast), Selection(units=both)) == ["1.1.1", "1.1.2"]


def test_conditions_hold_together(cast: Cast) -> None:
    wanted = Selection(pillar="1", assigned=Assigned.NO_RESPONSIBLE, year=(YearTest.ENDS_IN, 2024))
    assert keys(overview(cast), wanted) == ["1.1.2"]


def test_an_action_selects_its_deliverables(cast: Cast) -> None:
    assert keys(overview(cast), Selection(action="1.2")) == ["1.2.1"]


def test_the_search_folds_accents_and_case_and_wants_every_word(cast: Cast) -> None:
    assert searched(cast, "LÀNTERNS quay") == ["1.1.1"]
    assert searched(cast, "lanterns oil") == []


def test_signs_of_a_pattern_are_searched_as_they_are(cast: Cast) -> None:
    assert searched(cast, "%") == []
    assert searched(cast, "_") == []


def test_an_accepted_postponement_sets_the_internal_day(cast: Cast) -> None:
    deliverable = cast.deliverable("1.1.1")
    request = ask_for_change(
        by=cast.plan_manager,
        now=at(2023, 1, 10),
        deliverable=deliverable,
        kind=ChangeKind.POSTPONEMENT,
        reason="Oil is scarce",
        proposed_end_on=date(2024, 6, 30),
    )
    answer_request(
        by=cast.plan_manager, now=at(2023, 1, 20), request=request, is_accepted=True, answer="Granted"
    )
    assert overview(cast).lines[0].internal_end_on == date(2024, 6, 30)
    assert overview(cast, day=date(2023, 1, 15)).lines[0].internal_end_on is None


def test_an_earlier_day_shows_the_edition_and_the_units_of_then(cast: Cast) -> None:
    found = overview(cast, day=date(2021, 6, 1))
    assert keys(found, Selection()) == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert found.held_for(found.lines[2]).gaps == (Gap.NO_ACCOUNTABLE, Gap.NO_RESPONSIBLE)


def test_the_number_of_queries_does_not_depend_on_what_is_held(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as few:
        overview(cast)
    for key in ("1.2.1", "1.1.2"):
        assign_unit(
            by=cast.plan_manager,
            now=at(2023, 1, 1),
            deliverable=cast.deliverable(key),
            unit=cast.island,
            role="responsible",
            starts_on=date(2023, 1, 1),
        )
    with CaptureQueriesContext(connection) as more:
        overview(cast)
    assert len(more) == len(few) == 6
