"""Threads with mentions, and answers to those who ask for help."""

import pytest

from suivi.core.models import AuditEntry
from suivi.monitoring.commands.talk import answer_support, comment
from suivi.monitoring.models import Comment, Mail, Support
from suivi.monitoring.rules.content import SupportSaid
from suivi.values.errors import NotAllowed, RuleBroken
from tests.cast import DAY, NOW
from tests.monitoring.scene import Scene


def test_whoever_works_inside_speaks_and_mentions(scene: Scene) -> None:
    cast = scene.cast
    remark = comment(
        by=cast.auditor,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        text="@finn oduya and @dora@example.org, which quay? @Sten Farrow is outside, @Ada Quill is me.",
    )
    assert set(remark.mentions.all()) == {cast.focal_point, cast.director}
    assert AuditEntry.objects.get(verb="comment").object_key == "1.1.1"
    assert {mail.to_account for mail in Mail.objects.all()} == {cast.focal_point, cast.director}
    assert Mail.objects.filter(subject="Ada Quill mentioned you on 1.1.1").count() == 2


@pytest.mark.parametrize("name", ["stranger", "public_reader"])
def test_who_is_outside_does_not_speak(scene: Scene, name: str) -> None:
    with pytest.raises(NotAllowed):
        comment(
            by=getattr(scene.cast, name), now=NOW, deliverable=scene.cast.deliverable("1.1.1"), text="Hm."
        )
    assert not Comment.objects.exists()


def test_a_remark_says_something(scene: Scene) -> None:
    with pytest.raises(RuleBroken, match="says nothing"):
        comment(by=scene.office, now=NOW, deliverable=scene.cast.deliverable("1.1.1"), text=" \n")


def _asked(scene: Scene) -> Support:
    update = scene.submitted(support=(SupportSaid("Two more lamps", "headquarters", DAY),))
    return update.support.get()


def test_who_reports_for_the_asked_unit_answers(scene: Scene) -> None:
    support = answer_support(by=scene.office, now=NOW, support=_asked(scene), answer="They are on the boat.")
    assert (support.answer, support.answered_by) == ("They are on the boat.", scene.office)


def test_the_plan_manager_answers_and_others_do_not(scene: Scene) -> None:
    support = _asked(scene)
    for name in ("focal_point", "director", "reviewer", "auditor", "stranger"):
        with pytest.raises(NotAllowed):
            answer_support(by=getattr(scene.cast, name), now=NOW, support=support, answer="No.")
    assert (
        answer_support(by=scene.cast.plan_manager, now=NOW, support=support, answer="Yes.").answer == "Yes."
    )


def test_an_answer_says_something(scene: Scene) -> None:
    with pytest.raises(RuleBroken, match="empty"):
        answer_support(by=scene.office, now=NOW, support=_asked(scene), answer="")
