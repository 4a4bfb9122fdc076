"""A paper finished in Word comes back into its sections: agreed by paragraph, once, its figures quoted."""

from datetime import timedelta

import pytest

from suivi.core.models import AuditEntry
from suivi.render.docx import render_docx
from suivi.render.read_back import FigureFate, Refusal
from suivi.reporting.asked import Asked
from suivi.reporting.commands import freeze_paper, write_section
from suivi.reporting.commands.returned import Taken, take_returned
from suivi.reporting.kinds import compose_report
from suivi.reporting.models import Origin, SectionVersion
from suivi.reporting.returned import chosen_numbers, look_at_returned
from suivi.values.errors import InputRefused, NotAllowed, NotFound, RuleBroken
from tests.cast import DAY, NOW
from tests.render.edited import Edited
from tests.render.papers import document_of
from tests.reporting.paper_scene import PaperScene, build_paper

LATER = NOW + timedelta(hours=2)
INTRODUCTION = (
    "The harbours hold {{deliverables}} deliverables, {{done|words}} of them done.\n\n"
    "The keepers met in spring.\n\n- oil was short;\n- wicks were long."
)
LESSONS = "Lamps need keepers.[^1]\n\n[^1]: By the invented keepers.\n\nOil needs *care*."


@pytest.fixture
def paper(db: None) -> PaperScene:
    return build_paper()


@pytest.fixture
def written(paper: PaperScene) -> PaperScene:
    paper.written(text=INTRODUCTION)
    paper.written("lessons", text=LESSONS)
    paper.written("follow-up", text="The office lights the lamps.")
    return paper


def edited(scene: PaperScene, language: str = "en") -> Edited:
    asked = Asked(
        kind="mid-term-review",
        plan=scene.paper.plan,
        up_to=DAY,
        as_of=DAY,
        language=language,
        paper=scene.paper,
    )
    return Edited(render_docx(compose_report(asked)))


def take(scene: PaperScene, file: Edited, stated: str = "all") -> Taken:
    returned = look_at_returned(file.data())
    numbers = chosen_numbers(returned, stated)
    return take_returned(by=scene.manager, now=LATER, returned=returned, numbers=numbers)


def text_of(scene: PaperScene, key: str, language: str = "en") -> str:
    return SectionVersion.objects.filter(section__key=key, language=language).latest("written_at", "pk").text


def test_file_as_it_was_made_has_no_change(written: PaperScene) -> None:
    found = look_at_returned(edited(written).data()).found
    assert (found.changes, found.comments, found.figures) == ((), (), ())


def test_changed_paragraphs_are_written_with_their_figures_still_quoted(written: PaperScene) -> None:
    file = (
        edited(written)
        .track("The harbours hold ", "All harbours hold ")
        .overwrite("need keepers", "want keepers")
    )
    taken = take(written, file)
    assert len(taken.versions) == 2
    assert {version.origin for version in taken.versions} == {Origin.WORD}
    assert text_of(written, "introduction") == INTRODUCTION.replace("The harbours hold", "All harbours hold")
    assert text_of(written, "lessons") == LESSONS.replace("need keepers", "want keepers")


def test_added_removed_and_list_paragraphs_are_written(written: PaperScene) -> None:
    file = (
        edited(written)
        .add_after("The keepers met", "They met again.", tracked=True)
        .add_after("oil was short", "lamps were few;", style="ListBullet")
        .remove("Oil needs", tracked=False)
    )
    take(written, file)
    said = "They met again.\n\n- oil was short;\n- lamps were few;\n- wicks were long."
    assert text_of(written, "introduction").endswith(f"The keepers met in spring.\n\n{said}")
    assert text_of(written, "lessons") == "Lamps need keepers.[^1]\n\n[^1]: By the invented keepers."


def test_line_of_the_cover_is_taken(written: PaperScene) -> None:
    take(written, edited(written).overwrite("lights the lamps", "lights all lamps"))
    assert text_of(written, "follow-up") == "The office lights all lamps."


def test_only_what_was_agreed_is_taken(written: PaperScene) -> None:
    file = (
        edited(written).overwrite("The keepers met", "Keepers met").overwrite("need keepers", "want keepers")
    )
    taken = take(written, file, "2")
    assert taken.made == {2}
    assert text_of(written, "introduction") == INTRODUCTION


def test_the_same_file_again_writes_nothing(written: PaperScene) -> None:
    data = edited(written).overwrite("The keepers met", "Keepers met").data()
    trail = []
    for _ in range(2):
        returned = look_at_returned(data)
        done = take_returned(by=None, now=LATER, returned=returned, numbers=chosen_numbers(returned, "all"))
        trail.append(
            (len(done.made), len(done.already), AuditEntry.objects.filter(verb="write_section").count())
        )
    assert trail == [(1, 0, 4), (0, 1, 4)]


def test_section_rewritten_meanwhile_is_not_overwritten(written: PaperScene) -> None:
    file = (
        edited(written).overwrite("The keepers met", "Keepers met").overwrite("oil was short", "oil was dear")
    )
    version = SectionVersion.objects.get(section__key="introduction")
    anew = INTRODUCTION.replace("The keepers met", "Nobody met")
    write_section(
        by=written.manager, now=NOW + timedelta(hours=1), section=written.section(), language="en", text=anew,
        over=version.pk,
    )  # fmt: skip
    taken = take(written, file)
    assert (len(taken.made), len(taken.overtaken)) == (1, 1)
    assert text_of(written, "introduction") == anew.replace("oil was short", "oil was dear")


def test_false_figure_is_flagged_and_its_paragraph_not_offered(written: PaperScene) -> None:
    file = edited(written)
    count = str(len([1 for _ in written.paper.plan.editions.latest("number").deliverableeditions.all()]))
    found = look_at_returned(file.overwrite_in("The harbours hold", count, "99").data()).found
    assert [(f.name, f.computed, f.found, f.fate) for f in found.figures] == [
        ("deliverables", count, "99", FigureFate.ALTERED)
    ]
    assert [change.refusal for change in found.changes] == [Refusal.FIGURE]


def test_what_is_computed_is_refused_and_listed(written: PaperScene) -> None:
    found = look_at_returned(edited(written).overwrite("Lanterns on every quay", "Other words").data()).found
    assert found.offered == ()
    assert {change.refusal for change in found.refused} == {Refusal.COMPUTED}


def test_words_mended_in_a_translation_stay_a_translation_of_what_they_were(written: PaperScene) -> None:
    version = written.written("lessons", "fr", text="Il faut des gardiens.")
    take(written, edited(written, "fr").overwrite("Il faut", "Il nous faut"))
    mended = SectionVersion.objects.filter(language="fr").latest("pk")
    assert (mended.text, mended.source_digest) == ("Il nous faut des gardiens.", version.source_digest)


def test_words_shown_in_the_original_language_go_back_into_the_original(written: PaperScene) -> None:
    take(written, edited(written, "fr").overwrite("need keepers", "want keepers"))
    assert "want keepers" in text_of(written, "lessons")
    assert not SectionVersion.objects.filter(language="fr").exists()


def test_frozen_paper_takes_nothing(written: PaperScene) -> None:
    file = edited(written).overwrite("The keepers met", "Keepers met")
    freeze_paper(by=None, now=NOW + timedelta(days=1), paper=written.paper, up_to=DAY, as_of=DAY)
    with pytest.raises(RuleBroken, match="frozen"):
        take(written, file)


def test_stranger_may_not_take(written: PaperScene) -> None:
    returned = look_at_returned(edited(written).overwrite("The keepers met", "Keepers met").data())
    with pytest.raises(NotAllowed):
        take_returned(by=written.scene.cast.stranger, now=LATER, returned=returned, numbers={1})
    assert SectionVersion.objects.count() == 3


@pytest.mark.parametrize("stated", ["2", "x", "1,2", "0"])
def test_choice_of_what_is_not_offered_is_refused(written: PaperScene, stated: str) -> None:
    returned = look_at_returned(edited(written).overwrite("The keepers met", "Keepers met").data())
    with pytest.raises(InputRefused, match="Choose among: 1"):
        chosen_numbers(returned, stated)


def test_file_that_does_not_say_from_what_it_was_made_is_refused(written: PaperScene) -> None:
    with pytest.raises(InputRefused, match="does not say"):
        look_at_returned(render_docx(document_of()))


def test_file_of_another_record_is_refused(written: PaperScene) -> None:
    data = edited(written).data()
    plan = written.paper.plan
    type(plan).objects.filter(pk=plan.pk).update(slug="other-plan")
    with pytest.raises(NotFound, match="not in this record"):
        look_at_returned(data)
