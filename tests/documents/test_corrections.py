from copy import deepcopy
from dataclasses import replace

import pytest

from suivi.documents.comparison import compare
from suivi.documents.corrections import (
    above_of,
    add_row,
    check_plan,
    find_row,
    next_number,
    remove_row,
    replace_row,
    rows_of,
)
from suivi.documents.model import Action, Deliverable, Header, PlanDocument
from suivi.values.errors import NotFound, RuleBroken
from tests.cast import first_edition, words


def _names(plan: PlanDocument) -> list[str]:
    return [name for _level, name, _part in rows_of(plan)]


def test_rows_are_named_by_their_numbers() -> None:
    assert _names(first_edition()) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1", "2.1.1"]


def test_the_second_row_of_a_number_can_be_told_apart_and_mended() -> None:
    plan = first_edition()
    plan.pillars[0].actions[0].deliverables[1].number = "1.1.1"
    assert "1.1.1~2" in _names(plan)
    assert [finding.code for finding in check_plan(plan)] == ["plan-number-twice"]
    part = deepcopy(find_row(plan, "deliverable", "1.1.1~2"))
    part.number = "1.1.2"
    assert compare(replace_row(plan, "deliverable", "1.1.1~2", part), first_edition()) == []


def test_a_correction_leaves_the_reading_alone() -> None:
    plan = first_edition()
    part = replace(plan.pillars[0], title=words("Bright harbours"))
    assert str(replace_row(plan, "pillar", "1", part).pillars[0].title) == "Bright harbours"
    assert compare(plan, first_edition()) == []


def test_a_deliverable_moves_to_another_action() -> None:
    plan = first_edition()
    moved = replace_row(plan, "deliverable", "1.1.2", find_row(plan, "deliverable", "1.1.2"), under="2.1")
    assert _names(moved) == ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1", "1.1.2"]
    assert above_of(moved, "deliverable", "1.1.2") == "2.1"


def test_a_row_with_others_under_it_is_not_removed() -> None:
    with pytest.raises(RuleBroken):
        remove_row(first_edition(), "action", "1.1")


def test_a_removed_row_is_gone() -> None:
    assert "1.1.2" not in _names(remove_row(first_edition(), "deliverable", "1.1.2"))


def test_a_new_row_gets_a_free_number() -> None:
    plan = first_edition()
    assert next_number(plan, "deliverable", "1.1") == "1.1.3"
    assert next_number(plan, "action", "2") == "2.2"
    assert next_number(plan, "pillar") == "3"
    added = add_row(plan, "deliverable", Deliverable(number="1.1.3", text=words("New")), "1.1")
    assert next_number(added, "deliverable", "1.1") == "1.1.4"


def test_what_stands_above_a_row_is_named() -> None:
    plan = first_edition()
    assert above_of(plan, "deliverable", "1.2.1") == "1.2"
    assert above_of(plan, "action", "2.1") == "2"
    assert above_of(plan, "pillar", "2") == ""


def test_a_row_that_is_not_there_is_said() -> None:
    with pytest.raises(NotFound):
        find_row(first_edition(), "deliverable", "7.7.7")


def test_a_plan_without_deliverables_or_words_is_found() -> None:
    assert [one.code for one in check_plan(PlanDocument(header=Header(language="en")))] == [
        "plan-no-deliverables"
    ]
    plan = first_edition()
    plan.pillars[1].actions.append(Action(number="2.2", text=words("")))
    assert [one.code for one in check_plan(plan)] == ["plan-no-text"]


def test_only_what_the_document_does_not_name_goes_without_words() -> None:
    plan = first_edition()
    plan.pillars[0].title, plan.pillars[0].number_is_internal = words(""), True
    plan.pillars[0].actions[0].text = words("")
    plan.pillars[0].actions[0].number_is_internal = True
    assert check_plan(plan) == []
