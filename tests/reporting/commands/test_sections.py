"""Writing, clearing and illustrating the sections of a paper."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from suivi.monitoring.commands.voices import invite_constituent, speak
from suivi.monitoring.models import Voice
from suivi.reporting.commands import (
    assign_section,
    choose_example,
    clear_section,
    drop_example,
    freeze_paper,
    thaw_paper,
    write_section,
)
from suivi.reporting.kinds import compose_report
from suivi.reporting.models import Paper, SectionVersion
from suivi.reporting.queries import sections_on
from suivi.reporting.quoted import asked_of
from suivi.reporting.rules import SectionState
from suivi.values.errors import ChangedMeanwhile, NotAllowed, RuleBroken
from suivi.values.text import digest_of
from tests.cast import DAY, NOW, at
from tests.reporting.paper_scene import SAID, PaperScene

YESTERDAY = date(2023, 2, 14)


def _state(scene: PaperScene, language: str = "en", key: str = "introduction") -> SectionState:
    found = {one.section.key: one for one in sections_on(scene.paper, DAY, DAY)}
    return found[key].in_language(language).state


def test_paper_starts_with_the_sections_of_its_outline(scene: PaperScene) -> None:
    keys = list(scene.paper.sections.values_list("key", flat=True))
    assert keys[0] == "purpose"
    assert [key for key in keys if key.startswith("pillar:")] == ["pillar:1", "pillar:2"]
    assert keys[-1] == "decision"


def test_writer_named_in_a_section_writes_that_one_and_no_other(scene: PaperScene) -> None:
    scene.written(by=scene.writer)
    with pytest.raises(NotAllowed):
        scene.written("lessons", by=scene.writer)


def test_translator_writes_translations_but_not_the_original(scene: PaperScene) -> None:
    scene.written()
    scene.written(language="fr", by=scene.translator)
    with pytest.raises(NotAllowed):
        scene.written("lessons", by=scene.translator)


@pytest.mark.parametrize("who", ["reviewer", "auditor", "stranger", "public_reader"])
def test_others_write_nothing(scene: PaperScene, who: str) -> None:
    with pytest.raises(NotAllowed):
        scene.written(by=getattr(scene.scene.cast, who))


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(scene: PaperScene) -> None:
    first = scene.written(by=scene.writer)
    scene.written(by=scene.manager, text="The manager was quicker.", over=first.pk)
    with pytest.raises(ChangedMeanwhile):
        scene.written(by=scene.writer, text="The writer was slower.", over=first.pk)
    texts = list(SectionVersion.objects.order_by("pk").values_list("text", flat=True))
    assert texts == [SAID, "The manager was quicker."]


def test_same_words_again_are_no_new_version(scene: PaperScene) -> None:
    first = scene.written()
    assert scene.written(text=f"{SAID}  \n", over=first.pk).pk == first.pk


def test_clearing_keeps_what_the_figures_said(scene: PaperScene) -> None:
    assert scene.cleared().figures == {"deliverables": "4"}
    assert _state(scene) == SectionState.CLEARED


def test_figure_that_changed_since_clearance_is_flagged(scene: PaperScene) -> None:
    version = scene.cleared(text="Up to now {{not-agreed}} of them wait.")
    SectionVersion.objects.filter(pk=version.pk).update(figures={"not-agreed": "9"})
    found = next(one for one in sections_on(scene.paper, DAY, DAY) if one.section.key == "introduction")
    assert found.original.state == SectionState.FIGURES
    assert [(one.name, one.then, one.now) for one in found.original.changed] == [("not-agreed", "9", "4")]


def test_nobody_clears_what_they_wrote(scene: PaperScene) -> None:
    version = scene.written(by=scene.manager)
    with pytest.raises(RuleBroken, match="Nobody clears"):
        clear_section(by=scene.manager, now=NOW, section=scene.section(), language="en", version=version.pk)


def test_database_holds_that_nobody_clears_their_own(scene: PaperScene) -> None:
    version = scene.written(by=scene.manager)
    version.cleared_by, version.cleared_at = scene.manager, NOW
    with pytest.raises(ValidationError, match="Nobody clears"):
        version.full_clean()


def test_words_that_were_not_read_are_not_cleared(scene: PaperScene) -> None:
    first = scene.written()
    scene.written(text="Other words.", over=first.pk)
    with pytest.raises(ChangedMeanwhile):
        clear_section(by=None, now=NOW, section=scene.section(), language="en", version=first.pk)


def test_section_that_quotes_no_figure_of_ours_is_not_cleared(scene: PaperScene) -> None:
    version = scene.written(text="There are {{lighthouses}} lighthouses.")
    with pytest.raises(RuleBroken, match="lighthouses"):
        clear_section(by=None, now=NOW, section=scene.section(), language="en", version=version.pk)


def test_clearer_named_in_a_section_clears_that_one_and_no_other(scene: PaperScene) -> None:
    given = {"by": scene.clearer, "now": NOW, "language": "en"}
    clear_section(section=scene.section(), version=scene.written().pk, **given)
    with pytest.raises(NotAllowed):
        clear_section(section=scene.section("lessons"), version=scene.written("lessons").pk, **given)


def test_writer_and_clearer_are_two_people(scene: PaperScene) -> None:
    with pytest.raises(RuleBroken):
        assign_section(
            by=scene.manager, now=NOW, section=scene.section(), writer=scene.writer, clearer=scene.writer
        )


def test_new_words_have_to_be_cleared_anew(scene: PaperScene) -> None:
    first = scene.cleared()
    scene.written(text="New words.", over=first.pk)
    assert _state(scene) == SectionState.WRITTEN


def test_translation_is_stale_once_the_original_changed(scene: PaperScene) -> None:
    first = scene.written()
    scene.written(language="fr", text="Les ports.")
    assert _state(scene, "fr") == SectionState.WRITTEN
    scene.written(text="Other words.", over=first.pk)
    assert _state(scene, "fr") == SectionState.STALE


def test_translation_that_comes_back_names_the_words_it_was_made_from(scene: PaperScene) -> None:
    scene.written(text="Newer words.")
    scene.written(language="fr", text="Les ports.", source_digest=digest_of("Older words."))
    assert _state(scene, "fr") == SectionState.STALE


def test_saving_a_stale_translation_again_says_that_it_holds(scene: PaperScene) -> None:
    first = scene.written()
    french = scene.written(language="fr", text="Les ports.")
    scene.written(text="Other words.", over=first.pk)
    scene.written(language="fr", text="Les ports.", over=french.pk)
    assert _state(scene, "fr") == SectionState.WRITTEN


def test_earlier_day_shows_what_stood_there_then(scene: PaperScene) -> None:
    scene.written(now=at(2023, 2, 1), text="First words.")
    earlier = sections_on(scene.paper, date(2023, 1, 31), DAY)
    assert {one.original.state for one in earlier} == {SectionState.EMPTY}


def test_frozen_paper_is_not_written_in(scene: PaperScene) -> None:
    freeze_paper(by=scene.secretary, now=NOW, paper=scene.paper, up_to=YESTERDAY, as_of=YESTERDAY)
    with pytest.raises(RuleBroken, match="frozen"):
        scene.written()
    thaw_paper(by=scene.secretary, now=NOW, paper=scene.paper)
    scene.written()


def test_frozen_paper_is_translated_and_cleared_until_it_is_issued(scene: PaperScene) -> None:
    original = scene.written()
    freeze_paper(by=scene.secretary, now=NOW, paper=scene.paper, up_to=YESTERDAY, as_of=YESTERDAY)
    later = NOW + timedelta(days=3)
    french = scene.written(language="fr", text="Les ports: {{deliverables}}.", now=later)
    for version in (original, french):
        clear_section(
            by=scene.clearer,
            now=later,
            section=scene.section(),
            language=version.language,
            version=version.pk,
        )
    paper = scene.section().paper
    shown = {
        language: str(compose_report(asked_of(paper, language, DAY)).blocks) for language in ("en", "fr")
    }
    assert "The harbours hold" in shown["en"]
    assert "Les ports:" in shown["fr"]
    Paper.objects.filter(pk=paper.pk).update(symbol="HB/9", issued_at=later)
    with pytest.raises(RuleBroken, match="never changed"):
        scene.written("lessons", language="fr", text="Trop tard.")


def test_example_is_an_approved_update_marked_public(scene: PaperScene) -> None:
    inside = scene.scene.approved(round=None)
    with pytest.raises(RuleBroken, match="public"):
        choose_example(by=scene.manager, now=NOW, section=scene.section(), update=inside)
    shown = scene.scene.approved(round=None, is_public=True)
    example = choose_example(by=scene.manager, now=NOW, section=scene.section(), update=shown)
    assert choose_example(by=scene.manager, now=NOW, section=scene.section(), update=shown) == example
    drop_example(by=scene.manager, now=NOW, example=example)
    assert not scene.section().examples.filter(dropped_at=None).exists()


def _voice(scene: PaperScene, consent: str) -> Voice:
    cast = scene.scene.cast
    _invitation, token = invite_constituent(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.1.2"),
        unit=cast.region,
        group="workers",
        name="Guild of Keepers",
        email="guild@example.org",
        language="en",
        question="Was it of use?",
        expires_on=date(2023, 3, 1),
    )
    return speak(now=NOW, token=token, text="It was.", consent=consent)


def test_statement_is_an_example_where_it_may_be_quoted(scene: PaperScene) -> None:
    given = {"by": scene.manager, "now": NOW, "section": scene.section()}
    choose_example(voice=_voice(scene, "group"), **given)
    with pytest.raises(RuleBroken, match="quoted"):
        choose_example(voice=_voice(scene, "none"), **given)


def test_language_that_papers_are_not_written_in_is_refused(scene: PaperScene) -> None:
    with pytest.raises(Exception, match="no report in"):
        write_section(by=None, now=NOW, section=scene.section(), language="xx", text="…", over=None)


def test_days_of_the_paper_itself_are_no_figures_to_clear(scene: PaperScene) -> None:
    assert scene.cleared(text="As of {{as-of}} there are {{deliverables}}.").figures == {"deliverables": "4"}
