"""A paper is held against its other languages and against what was issued before."""

from datetime import timedelta

import pytest

from suivi.findings import Finding, Severity
from suivi.render.repeats import repeats_as_findings
from suivi.reporting.checks import earlier_papers, language_findings, repeats_of
from suivi.reporting.commands import freeze_paper, start_paper, write_section
from suivi.reporting.models import Paper
from tests.cast import DAY, NOW, words
from tests.reporting.paper_scene import PaperScene, build_paper

REPEATED = (
    "The keepers of the harbours met in spring and agreed on a way of trimming wicks that saves a third of "
    "the oil in every lantern."
)


@pytest.fixture
def scene(db: None) -> PaperScene:
    return build_paper()


def wrong(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.NOTE]


def test_what_is_computed_says_the_same_in_every_language(scene: PaperScene) -> None:
    findings = language_findings(scene.paper, DAY)
    assert {language: wrong(found) for language, found in findings.items()} == {"es": [], "fr": []}


def test_figure_that_a_translator_typed_is_found_in_its_language(scene: PaperScene) -> None:
    scene.written(text="The harbours hold {{deliverables}} lamps since 1 March 2021 (HB/7).")
    scene.written(language="fr", text="Les ports ont {{deliverables}} lampes depuis le 1er mars 2021 (HB/7).")
    scene.written(language="es", text="Los puertos tienen 99 faroles desde el 1 de marzo de 2021 (HB/7).")
    findings = language_findings(scene.paper, DAY)
    assert wrong(findings["fr"]) == []
    found = wrong(findings["es"])
    assert [(f.code, f.severity) for f in found] == [("language.figure", Severity.ERROR)] * 2
    assert {f.message.params["place"] for f in found} == {"Introduction, 1"}


def test_section_not_translated_yet_is_a_note(scene: PaperScene) -> None:
    scene.written(text="The harbours hold {{deliverables}} lamps.")
    findings = language_findings(scene.paper, DAY)["fr"]
    assert "language.untranslated" in {finding.code for finding in findings}
    assert Severity.ERROR not in {finding.severity for finding in findings}


def issued(scene: PaperScene) -> Paper:
    """The paper as issued, and the next one with the same paragraph in other places."""
    scene.written("lessons", text=f"Short.\n\n{REPEATED}")
    freeze_paper(by=None, now=NOW + timedelta(days=1), paper=scene.paper, up_to=DAY, as_of=DAY)
    at = NOW + timedelta(days=2)
    Paper.objects.filter(pk=scene.paper.pk).update(symbol="HB.9/7", issued_at=at, release_at=at)
    following = start_paper(
        by=scene.manager, now=NOW + timedelta(days=3), plan=scene.paper.plan, kind="mid-term-review",
        key="next-review", purpose="decision", original_language="en", title=words("Next review"),
        body=words("Harbour Assembly"),
    )  # fmt: skip
    write_section(
        by=scene.manager, now=NOW + timedelta(days=3), section=following.sections.get(key="introduction"),
        language="en", text=REPEATED.replace("in spring", "in the spring"), over=None,
    )  # fmt: skip
    return following


def test_paragraph_of_an_issued_paper_is_found_again_with_both_places(scene: PaperScene) -> None:
    following = issued(scene)
    findings = repeats_as_findings(repeats_of(following, DAY + timedelta(days=3)))
    names = ("place", "other_place", "report")
    said = [tuple(finding.message.params[name] for name in names) for finding in findings]
    assert said == [("Introduction, 1", "Lessons learned, 5", "HB.9/7")]


def test_papers_that_are_not_issued_are_no_earlier_ones(scene: PaperScene) -> None:
    following = issued(scene)
    assert [str(one) for one in earlier_papers(following)] == ["HB.9/7"]
    assert earlier_papers(Paper.objects.get(key="review")) == []
