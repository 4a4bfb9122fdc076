"""Writing an update: kept as typed, nothing lost when two write at once, started from what was said."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from suivi.core.models import AuditEntry
from suivi.monitoring.commands.drafts import (
    ChangedSince,
    consolidate,
    correct_update,
    discard_draft,
    save_draft,
    start_from_last,
    start_update,
)
from suivi.monitoring.commands.workflow import approve_update, recall_update, return_update, send_update
from suivi.monitoring.models import Item, ProgressUpdate, UpdateState
from suivi.monitoring.queries.content import content_of, item_said
from suivi.monitoring.queries.report import item_states_so_far, last_update
from suivi.monitoring.rules.content import ItemSaid, StepSaid, SupportSaid, UpdateContent, ValueSaid
from suivi.values.errors import NotAllowed, NotFound, RuleBroken
from tests.cast import DAY, NOW
from tests.monitoring.scene import LANTERN, SAID, Scene


def _saved(scene: Scene, update: ProgressUpdate, **changes: Any) -> ProgressUpdate:
    by = changes.pop("by", scene.cast.director)
    version = changes.pop("version", update.version)
    content = replace(content_of(update), **changes)
    return save_draft(by=by, now=NOW, update=update, content=content, version=version)


def test_a_draft_is_kept_as_it_was_typed_finished_or_not(scene: Scene) -> None:
    update = scene.started("1.1.1", "headquarters", scene.office)
    typed = replace(
        content_of(update),
        narrative="Half a sent",
        items=(ItemSaid(LANTERN, name="", stage=""),),
        steps=(StepSaid(),),
        values=(ValueSaid(),),
        support=(SupportSaid("", "nowhere"),),
    )
    update = save_draft(by=scene.office, now=NOW, update=update, content=typed, version=update.version)
    assert content_of(ProgressUpdate.objects.get(pk=update.pk)) == typed
    assert not AuditEntry.objects.filter(verb__contains="draft").exists()


def test_starting_twice_goes_on_with_the_same_draft(scene: Scene) -> None:
    update = scene.started("1.1.2", "region", scene.cast.director)
    assert scene.started("1.1.2", "region", scene.cast.director) == update
    with pytest.raises(RuleBroken, match="under way"):
        scene.started("1.1.2", "region", scene.cast.director, content=SAID["1.1.2"])
    discard_draft(by=scene.cast.director, now=NOW, update=update)
    assert scene.started("1.1.2", "region", scene.cast.director) != update


def test_a_new_draft_speaks_up_to_the_end_of_the_period_in_the_language_of_its_writer(scene: Scene) -> None:
    said = content_of(scene.started("1.1.2", "region", scene.cast.director))
    assert said == UpdateContent(reported_on=date(2022, 12, 31), language="en")
    without_round = scene.started("1.1.2", "region", scene.cast.director, round=None)
    assert content_of(without_round).reported_on == DAY


def test_only_those_who_report_for_the_unit_start_and_save(scene: Scene) -> None:
    for account in (scene.cast.focal_point, scene.office, scene.cast.reviewer, scene.cast.stranger):
        with pytest.raises(NotAllowed):
            scene.started("1.1.2", "region", account)
    update = scene.started("1.1.2", "region", scene.cast.director)
    with pytest.raises(NotAllowed):
        _saved(scene, update, by=scene.office, narrative="Not mine.")


def test_only_the_accountable_unit_gives_the_update(scene: Scene) -> None:
    finn = scene.cast.focal_point
    with pytest.raises(RuleBroken, match="Another unit is accountable"):
        scene.started("1.1.1", "island", finn)
    assert scene.started("1.1.1", "island", finn, kind="contribution").kind == "contribution"
    with pytest.raises(RuleBroken, match="gives the update itself"):
        scene.started("1.1.1", "headquarters", scene.office, kind="contribution")
    with pytest.raises(RuleBroken, match="answers for nothing"):
        scene.started("2.1.2", "island", finn)


def test_the_second_of_two_who_save_at_once_gets_both_contents(scene: Scene) -> None:
    update = scene.started("1.1.2", "region", scene.cast.director)
    seen = update.version
    first = _saved(scene, update, narrative="The first.", version=seen)
    with pytest.raises(ChangedSince) as refused:
        save_draft(
            by=scene.cast.plan_manager,
            now=NOW,
            update=update,
            content=replace(SAID["1.1.2"], narrative="The second."),
            version=seen,
        )
    assert refused.value.stored.narrative == "The first."
    assert refused.value.given.narrative == "The second."
    again = _saved(scene, first, narrative="Both.", version=refused.value.version)
    assert content_of(again).narrative == "Both."


def test_the_same_content_sent_again_after_a_cut_line_is_saved_once(scene: Scene) -> None:
    update = scene.started("1.1.2", "region", scene.cast.director)
    seen = update.version
    first = _saved(scene, update, narrative="Once.", version=seen)
    again = _saved(scene, first, narrative="Once.", version=seen)
    assert again.version == first.version == seen + 1


def test_a_new_item_has_a_key_from_its_first_saving_on(scene: Scene) -> None:
    update = scene.started("1.1.1", "headquarters", scene.office)
    item = replace(SAID["1.1.1"].items[0], key="")
    update = _saved(scene, update, by=scene.office, items=(item,))
    (kept,) = content_of(update).items
    assert kept.key
    assert replace(kept, key="") == item
    assert not Item.objects.exists()  # until it is sent


def test_an_item_of_another_deliverable_and_one_without_a_real_key_are_refused(scene: Scene) -> None:
    scene.approved("1.1.1", "headquarters", by=scene.office)
    other = Item.objects.create(deliverable=scene.cast.deliverable("2.1.2"), created_at=NOW)
    for key in (str(other.key), "not-a-key"):
        with pytest.raises(NotFound, match="no item"):
            scene.submitted(
                "1.1.1",
                "headquarters",
                by=scene.office,
                round=None,
                items=(replace(SAID["1.1.1"].items[0], key=key),),
            )
        discard_draft(by=scene.office, now=NOW, update=ProgressUpdate.objects.get(state="draft"))


def test_an_item_that_is_taken_out_again_never_was(scene: Scene) -> None:
    update = scene.submitted("1.1.1", "headquarters", by=scene.office)
    assert Item.objects.count() == 1
    update = recall_update(by=scene.office, now=NOW, update=update)
    update = _saved(scene, update, by=scene.office, items=())
    send_update(by=scene.office, now=NOW, update=update, version=update.version)
    assert not Item.objects.exists()


def test_an_answer_to_support_survives_a_return(scene: Scene) -> None:
    asked = (SupportSaid("Two lamps", "headquarters", DAY), SupportSaid("A boat", "island", None))
    update = scene.submitted(support=asked)
    update.support.filter(text="Two lamps").update(answer="Sent.", answered_at=NOW)
    update = return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Why a boat?")
    update = _saved(scene, update, support=(replace(asked[0], due_on=None),))
    update = send_update(by=scene.cast.director, now=NOW, update=update, version=update.version)
    assert [(row.text, row.answer, row.due_on) for row in update.support.all()] == [
        ("Two lamps", "Sent.", None)
    ]


def test_support_is_asked_of_a_unit_that_exists(scene: Scene) -> None:
    with pytest.raises(NotFound, match="no unit"):
        scene.submitted(support=(SupportSaid("Two lamps", "nowhere", DAY),))


def test_starting_from_the_last_update_says_what_it_said_up_to_a_later_day(scene: Scene) -> None:
    given: dict[str, Any] = {
        "by": scene.cast.director,
        "now": NOW,
        "deliverable": scene.cast.deliverable("1.1.2"),
        "unit": scene.cast.region,
    }
    with pytest.raises(RuleBroken, match="not reported"):
        start_from_last(**given)
    last = scene.approved(support=(SupportSaid("Two lamps", "headquarters", DAY),))
    update = start_from_last(**given)
    assert content_of(update) == replace(content_of(last), reported_on=DAY, support=())
    with pytest.raises(RuleBroken, match="says something"):
        start_from_last(**given)


def test_the_accountable_unit_makes_one_update_of_contributions(scene: Scene) -> None:
    finn, office = scene.cast.focal_point, scene.office
    contribution = scene.submitted("1.1.1", "island", by=finn, kind="contribution", difficulties="Rain.")
    given: dict[str, Any] = {
        "by": office,
        "now": NOW,
        "deliverable": scene.cast.deliverable("1.1.1"),
        "unit": scene.cast.headquarters,
        "round": scene.round,
    }
    own = scene.started("1.1.1", "headquarters", office)
    own = _saved(scene, own, by=office, narrative="Our own part.")
    update = consolidate(contributions=[contribution], **given)
    said = content_of(update)
    assert update == own
    assert said.narrative == "Our own part.\n\n**SKERRA**: Work went on in the *harbours*."
    assert said.difficulties == "**SKERRA**: Rain."
    assert said.items == SAID["1.1.1"].items
    assert said.assessment == ""
    assert consolidate(contributions=[contribution], **given).version == update.version + 1
    assert content_of(ProgressUpdate.objects.get(pk=update.pk)) == said
    update = ProgressUpdate.objects.get(pk=update.pk)
    update = send_update(by=office, now=NOW, update=update, version=update.version)
    approve_update(by=scene.cast.reviewer, now=NOW, update=update, confirmed={})
    with pytest.raises(RuleBroken, match="went into an approved update"):
        recall_update(by=finn, now=NOW, update=contribution)
    assert scene.started("1.1.1", "island", finn, kind="contribution", round=None) != contribution


def test_only_submitted_contributions_to_the_same_deliverable_are_taken_in(scene: Scene) -> None:
    draft = scene.started("1.1.1", "island", scene.cast.focal_point, kind="contribution")
    other = scene.submitted()
    for one in (draft, other):
        with pytest.raises(RuleBroken, match="Only submitted contributions"):
            consolidate(
                by=scene.office,
                now=NOW,
                deliverable=scene.cast.deliverable("1.1.1"),
                unit=scene.cast.headquarters,
                round=scene.round,
                contributions=[one],
            )


def test_a_correction_names_the_old_update_and_takes_its_place(scene: Scene) -> None:
    old = scene.approved()
    draft = correct_update(by=scene.cast.director, now=NOW, update=old)
    assert correct_update(by=scene.cast.director, now=NOW, update=old) == draft
    assert (draft.corrects, content_of(draft)) == (old, content_of(old))
    draft = _saved(scene, draft, steps=(StepSaid("", "drafted", date(2022, 11, 1)),))
    draft = send_update(by=scene.cast.director, now=NOW, update=draft, version=draft.version)
    deliverable = scene.cast.deliverable("1.1.2")
    assert last_update(deliverable) == old
    corrected = approve_update(by=scene.cast.reviewer, now=NOW, update=draft)
    assert last_update(deliverable) == corrected
    old.refresh_from_db()
    assert old.state == UpdateState.APPROVED


def test_items_so_far_are_as_they_were_told_last(scene: Scene) -> None:
    scene.approved("1.1.1", "headquarters", by=scene.office)
    dropped = replace(SAID["1.1.1"].items[0], stage="dropped", happened_on=DAY)
    scene.approved("1.1.1", "headquarters", by=scene.office, round=None, reported_on=DAY, items=(dropped,))
    told = item_states_so_far([scene.cast.deliverable("1.1.1")]).values()
    assert [item_said(state) for state in told] == [dropped]


def test_the_same_row_of_a_source_comes_in_once(scene: Scene) -> None:
    given: dict[str, Any] = {
        "now": NOW,
        "deliverable": scene.cast.deliverable("1.1.2"),
        "unit": scene.cast.region,
        "content": SAID["1.1.2"],
        "source": "tracker",
        "source_row": "Sheet1!7/2022-2",
    }
    first = start_update(by=None, **given)
    assert start_update(by=None, **given) == first
    send_update(by=None, now=NOW, update=first, version=first.version)
    assert start_update(by=None, **given) == first
    assert ProgressUpdate.objects.count() == 1
    with pytest.raises(NotAllowed):
        start_update(by=scene.cast.director, **{**given, "source_row": "Sheet1!8/2022-2"})


def test_history_may_be_of_a_unit_that_answers_no_longer(scene: Scene) -> None:
    update = start_update(
        by=scene.cast.plan_manager,
        now=NOW,
        deliverable=scene.cast.deliverable("2.1.2"),
        unit=scene.cast.island,
        content=SAID["2.1.2"],
        source="tracker",
        source_row="7",
    )
    assert update.unit == scene.cast.island


def test_what_somebody_enters_for_another_says_so(scene: Scene) -> None:
    update = scene.started("1.1.2", "region", scene.cast.plan_manager, on_behalf_of=scene.cast.director)
    assert (update.created_by, update.on_behalf_of) == (scene.cast.plan_manager, scene.cast.director)
    assert update.events.get().on_behalf_of == scene.cast.director


def test_a_round_of_another_plan_is_refused(scene: Scene) -> None:
    scene.round.plan_id = scene.cast.plan.pk + 1
    with pytest.raises(RuleBroken, match="another plan"):
        scene.started("1.1.2", "region", scene.cast.director)
