"""The table of states, and what is decided on it without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.monitoring.models import UpdateKind, UpdateState
from suivi.monitoring.rules.chain import digest_of, hash_of_link
from suivi.monitoring.rules.consolidation import consolidated
from suivi.monitoring.rules.content import UpdateContent
from suivi.monitoring.rules.unchanged import says_nothing_new
from suivi.monitoring.rules.workflow import (
    OPEN,
    TABLE,
    WHO_WORDS,
    Who,
    is_decision_pending,
    may_ask_for_decision,
    state_after_sending,
    verbs_in,
)
from tests.monitoring.rules.test_content import CONTENTS

VERBS = st.lists(
    st.sampled_from(["started", "submitted", "returned", "decision_asked", "decided", "recalled"])
)


def test_the_table_speaks_of_the_states_and_kinds_of_the_record() -> None:
    assert {row.before for row in TABLE} | {row.after for row in TABLE} == set(UpdateState.values)
    assert {row.kind for row in TABLE} - {""} == set(UpdateKind.values)
    assert set(WHO_WORDS) == set(Who)
    assert set(OPEN) == set(UpdateState.values) - {"approved", "discarded"}


def test_a_verb_leads_from_a_state_of_a_kind_to_one_other() -> None:
    for state in UpdateState.values:
        for kind in UpdateKind.values:
            verbs = [row.verb for row in verbs_in(state, kind)]
            assert len(verbs) == len(set(verbs))


def test_what_is_approved_or_discarded_is_left_by_nothing() -> None:
    for state in ("approved", "discarded"):
        assert {row.after for row in TABLE if row.before == state} <= {state}


def test_every_open_state_can_be_left_by_the_unit() -> None:
    for state in OPEN:
        assert any(Who.UNIT in row.who for row in TABLE if row.before == state and row.after != state)


@pytest.mark.parametrize(
    ("needs_clearance", "sender_clears", "state"),
    [
        (False, False, "submitted"),
        (False, True, "submitted"),
        (True, True, "submitted"),
        (True, False, "in_clearance"),
    ],
)
def test_sending_leads_to_the_director_where_the_plan_wants_it(
    needs_clearance: bool, sender_clears: bool, state: str
) -> None:
    assert state_after_sending(needs_clearance=needs_clearance, sender_clears=sender_clears) == state


@given(VERBS)
def test_a_decision_is_pending_from_the_question_to_the_answer(verbs: list[str]) -> None:
    last = next((verb for verb in reversed(verbs) if verb in {"decision_asked", "decided", "recalled"}), "")
    assert is_decision_pending(verbs) == (last == "decision_asked")
    assert may_ask_for_decision(verbs, 2) == (verbs.count("returned") >= 2)


@given(CONTENTS, CONTENTS)
def test_only_what_repeats_the_last_update_says_nothing_new(last: UpdateContent, said: UpdateContent) -> None:
    if says_nothing_new(last, said):
        assert said.is_no_change
        assert [*said.items, *said.steps, *said.values] == []
        assert said.assessment == last.assessment != "achieved"


@given(CONTENTS, st.lists(CONTENTS, max_size=3))
def test_a_consolidated_content_has_every_fact_once_and_all_words(
    own: UpdateContent, others: list[UpdateContent]
) -> None:
    named = {f"unit {number}": one for number, one in enumerate(others)}
    whole = consolidated(own, named)
    parts = [own, *others]
    assert {item.key for item in whole.items} == {item.key for one in parts for item in one.items}
    assert len({item.key for item in whole.items}) == len(whole.items)
    assert {(s.part, s.rung) for s in whole.steps} == {(s.part, s.rung) for one in parts for s in one.steps}
    assert set(whole.evidence) == {use for one in parts for use in one.evidence}
    assert all(one.narrative.strip() in whole.narrative for one in parts)
    assert (whole.is_commitment_kept is False) == any(one.is_commitment_kept is False for one in parts)
    assert consolidated(whole, {}) == consolidated(consolidated(whole, {}), {})


def test_a_digest_does_not_depend_on_the_order_of_names_and_a_hash_on_all_it_holds() -> None:
    assert digest_of({"a": 1, "b": "é"}) == digest_of({"b": "é", "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": "1"})
    one = hash_of_link(1, "", "update", "d")
    others = {
        hash_of_link(2, "", "update", "d"),
        hash_of_link(1, "p", "update", "d"),
        hash_of_link(1, "", "withdrawal", "d"),
        hash_of_link(1, "", "update", "e"),
    }
    assert len(others | {one}) == 5
