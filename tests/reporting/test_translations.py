"""Sections of a paper go to a translator and come back, as XLIFF and as a table in Word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from suivi.findings import Severity
from suivi.render.translation import Job, read_job, write_job
from suivi.reporting.commands import write_section
from suivi.reporting.commands.translations import TranslationTaken, paper_of_job, take_translation
from suivi.reporting.models import SectionVersion
from suivi.reporting.translation import job_of
from suivi.values.errors import InputRefused, NotAllowed, NotFound
from suivi.values.text import digest_of
from tests.cast import DAY, NOW
from tests.reporting.paper_scene import PaperScene, build_paper

LATER = NOW + timedelta(hours=2)
INTRODUCTION = (
    "The harbours hold {{deliverables}} deliverables.\n\n"
    "- oil was short;\n- **wicks** were long.[^1]\n\n[^1]: By keepers."
)
FORMATS = ("docx", "xliff")


@pytest.fixture
def written(db: None) -> PaperScene:
    scene = build_paper()
    scene.written(text=INTRODUCTION)
    scene.written("lessons", text="Lamps need keepers.")
    return scene


def given_out(scene: PaperScene, kind: str = "xliff") -> Job:
    return read_job(write_job(job_of(scene.paper, "fr", DAY), kind))  # type: ignore[arg-type]


def translated(job: Job, **changes: str) -> Job:
    """The introduction in French; `changes` by piece. The lessons stay as they went out."""
    french = {
        "b1": "Les ports comptent {{deliverables}} réalisations.",
        "b2.1": "l'huile manquait;",
        "b2.2": "les **mèches** étaient longues.[^1]",
        "n1": "Selon les gardiens.",
        **changes,
    }
    sections = tuple(
        replace(one, target=french) if one.key == "introduction" else one for one in job.sections
    )
    return replace(job, sections=sections)


def take(scene: PaperScene, job: Job, **more: bool) -> TranslationTaken:
    return take_translation(by=scene.translator, now=LATER, paper=scene.paper, job=job, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", FORMATS)
def test_translation_comes_in_with_translator_day_source_and_origin(written: PaperScene, kind: str) -> None:
    back = read_job(write_job(translated(given_out(written, kind)), kind))  # type: ignore[arg-type]
    taken = take_translation(by=written.translator, now=LATER, paper=written.paper, job=back, origin=kind)
    [version] = taken.versions
    assert version.text == (
        "Les ports comptent {{deliverables}} réalisations.\n\n"
        "- l'huile manquait;\n- les **mèches** étaient longues.[^1]\n\n[^1]: Selon les gardiens."
    )
    assert (version.language, version.written_by, version.written_at) == ("fr", written.translator, LATER)
    assert (version.source_digest, version.origin) == (digest_of(INTRODUCTION), kind)
    assert taken.untranslated == ("lessons",)


def test_figures_are_shown_to_the_translator(written: PaperScene) -> None:
    [introduction, _lessons] = job_of(written.paper, "fr", DAY).sections
    assert introduction.shown["{{deliverables}}"].isdigit()
    assert introduction.heading == "Introduction"


def test_the_same_file_again_writes_nothing(written: PaperScene) -> None:
    job = translated(given_out(written))
    take(written, job)
    again = take(written, job)
    assert (again.versions, again.already) == ((), ("introduction",))
    assert SectionVersion.objects.filter(language="fr").count() == 1


def test_what_was_translated_before_goes_out_with_it(written: PaperScene) -> None:
    take(written, translated(given_out(written)))
    [introduction, lessons] = given_out(written).sections
    assert introduction.target["b2.1"] == "l'huile manquait;"
    assert lessons.target == {}


def test_lost_placeholder_keeps_all_out_and_is_named(written: PaperScene) -> None:
    taken = take(written, translated(given_out(written), b1="Les ports comptent des réalisations."))
    assert [finding.code for finding in taken.findings] == ["translation.missing"]
    assert str(taken.findings[0].message).startswith("Introduction, b1:")
    assert not SectionVersion.objects.filter(language="fr").exists()


def test_half_translated_section_is_not_taken(written: PaperScene) -> None:
    taken = take(written, translated(given_out(written), b1=""))
    assert [finding.code for finding in taken.findings] == ["translation.empty"]
    assert taken.versions == ()


def test_section_whose_original_changed_is_taken_knowingly_only(written: PaperScene) -> None:
    job = translated(given_out(written))
    version = SectionVersion.objects.get(section__key="introduction")
    changed = INTRODUCTION.replace("oil", "lamp oil")
    write_section(
        by=written.manager, now=NOW + timedelta(hours=1), section=written.section(), language="en",
        text=changed, over=version.pk,
    )  # fmt: skip
    refused = take(written, job)
    assert [(f.code, f.severity) for f in refused.findings] == [("translation.outdated", Severity.ERROR)]
    assert refused.versions == ()
    taken = take(written, job, outdated=True)
    assert [(f.code, f.severity) for f in taken.findings] == [("translation.outdated", Severity.WARNING)]
    assert [version.source_digest for version in taken.versions] == [digest_of(INTRODUCTION)]


def reworded(scene: PaperScene) -> None:
    """The first paragraph of the original says more than when the introduction was translated."""
    version = SectionVersion.objects.filter(section__key="introduction", language="en").latest("pk")
    write_section(
        by=scene.manager, now=LATER + timedelta(hours=1), section=scene.section(), language="en",
        text=INTRODUCTION.replace("hold", "have {{actions}} actions and"), over=version.pk,
    )  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_what_goes_out_and_comes_back_untouched_changes_nothing(written: PaperScene, kind: str) -> None:
    assert take(written, given_out(written, kind)).untranslated == ("introduction", "lessons")
    take(written, translated(given_out(written)))
    untouched = take(written, given_out(written, kind))
    assert (untouched.already, untouched.untranslated) == (("introduction",), ("lessons",))
    old = given_out(written, kind)
    reworded(written)
    for job in (given_out(written, kind), old):
        untouched = take(written, job)
        assert (untouched.versions, untouched.findings) == ((), ())
        assert (untouched.outdated, untouched.untranslated) == (("introduction",), ("lessons",))


@pytest.mark.parametrize("kind", FORMATS)
def test_only_what_was_reworded_goes_out_blank_with_a_mark(written: PaperScene, kind: str) -> None:
    take(written, translated(given_out(written)))
    reworded(written)
    [introduction, _lessons] = job_of(written.paper, "fr", DAY).sections
    assert set(introduction.target) == {"b2.1", "b2.2", "n1"}
    assert "Les ports comptent" in introduction.notes["b1"]
    job = given_out(written, kind)
    anew = "Les ports ont {{actions}} mesures et {{deliverables}} réalisations."
    sections = tuple(
        replace(one, target={**one.target, "b1": anew}) if one.key == "introduction" else one
        for one in job.sections
    )
    [version] = take(written, replace(job, sections=sections)).versions
    assert version.text.startswith(anew)
    assert "- l'huile manquait;" in version.text
    assert job_of(written.paper, "fr", DAY).sections[0].notes == {}


def test_lines_that_held_before_are_confirmed_by_writing_them_again(written: PaperScene) -> None:
    take(written, translated(given_out(written)))
    version = SectionVersion.objects.filter(section__key="introduction", language="en").latest("pk")
    write_section(
        by=written.manager, now=LATER + timedelta(hours=1), section=written.section(), language="en",
        text=INTRODUCTION.replace("hold", "held"), over=version.pk,
    )  # fmt: skip
    [version] = take(written, translated(given_out(written))).versions
    assert version.source_digest == digest_of(INTRODUCTION.replace("hold", "held"))


def test_an_old_file_does_not_undo_a_later_wording(written: PaperScene) -> None:
    job = translated(given_out(written))
    take(written, job)
    before = SectionVersion.objects.get(language="fr")
    written.written(language="fr", by=written.translator, now=LATER, text=before.text + "!", over=before.pk)
    again = take(written, job)
    assert (again.versions, again.already) == ((), ("introduction",))


def test_section_that_was_never_given_out_is_refused(written: PaperScene) -> None:
    job = translated(given_out(written))
    sections = tuple(replace(one, digest="0" * 16) for one in job.sections)
    taken = take(written, replace(job, sections=sections))
    assert [finding.code for finding in taken.findings] == ["translation.foreign"]


def test_file_of_another_paper_is_refused(written: PaperScene) -> None:
    with pytest.raises(InputRefused, match="another-paper"):
        take(written, replace(translated(given_out(written)), paper="another-paper"))
    with pytest.raises(NotFound):
        paper_of_job(replace(given_out(written), paper="another-paper"))


def test_stranger_may_not_translate(written: PaperScene) -> None:
    with pytest.raises(NotAllowed):
        take_translation(
            by=written.scene.cast.stranger, now=LATER, paper=written.paper, job=translated(given_out(written))
        )
    assert not SectionVersion.objects.filter(language="fr").exists()


@pytest.mark.parametrize("language", ["en", "tlh"])
def test_paper_is_not_translated_into_its_own_language_or_one_it_has_not(
    written: PaperScene, language: str
) -> None:
    with pytest.raises(NotFound, match="is not translated into"):
        job_of(written.paper, language, DAY)


def test_paper_without_words_gives_nothing_out(db: None) -> None:
    with pytest.raises(NotFound, match="Nothing is written"):
        job_of(build_paper().paper, "fr", DAY)


def test_one_section_can_be_given_out_alone(written: PaperScene) -> None:
    assert [one.key for one in job_of(written.paper, "fr", DAY, ["lessons"]).sections] == ["lessons"]
