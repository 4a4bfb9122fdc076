"""The papers for the governing body: written parts beside computed ones, figures quoted by name."""

from datetime import date, timedelta

import pytest

from suivi.monitoring.commands.status import agree_as_signalled
from suivi.plan.models import Plan
from suivi.render.document import Document, Heading, Paragraph, Table
from suivi.render.runs import Run, inlines, plain_text
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import KINDS, compose_report
from suivi.reporting.models import Paper, PaperSection, SectionVersion
from suivi.reporting.outline import FOLLOWING_KINDS, WRITTEN_KINDS, outline_of
from suivi.values.days import moment_of
from suivi.values.text import Text, digest_of
from tests.cast import DAY, NOW, Cast, at
from tests.monitoring.scene import Scene, build_scene


@pytest.fixture
def scene(db: None) -> Scene:
    scene = build_scene()
    scene.approved("1.1.2", "region")
    agree_as_signalled(by=scene.cast.plan_manager, now=NOW, round=scene.round)
    return scene


def _compose(plan: Plan, kind: str = "mid-term-review", language: str = "en", day: date = DAY) -> Document:
    return compose_report(Asked(kind=kind, plan=plan, up_to=day, as_of=day, language=language))


def _paper(cast: Cast, kind: str = "mid-term-review") -> Paper:
    paper: Paper = Paper.objects.create(
        plan=cast.plan,
        key="review",
        kind=kind,
        purpose="decision",
        symbol="HC.12/3",
        title=Text.of("Halfway through the harbour plan", "en"),
        body=Text.of("", "en"),
        original_language="en",
        created_at=at(2023, 1, 2),
    )
    return paper


def _write(paper: Paper, key: str, text: str, language: str = "en", **more: object) -> SectionVersion:
    section, _made = PaperSection.objects.get_or_create(paper=paper, key=key)
    version: SectionVersion = SectionVersion.objects.create(
        section=section, language=language, text=text, **{"written_at": at(2023, 1, 20), **more}
    )
    return version


def _sentences(document: Document) -> list[str]:
    return [plain_text(block.content) for block in document.walk() if isinstance(block, Paragraph)]


@pytest.mark.parametrize("kind", [kind for kind in WRITTEN_KINDS if kind not in FOLLOWING_KINDS])
def test_a_paper_that_nobody_has_written_says_what_belongs_where(scene: Scene, kind: str) -> None:
    document = _compose(scene.cast.plan, kind)
    empty = [one for one in _sentences(document) if one.startswith("[Nothing is written here yet.")]
    edition = scene.cast.plan.editions.latest("number")
    assert len(empty) == sum(part.place == "body" for part in outline_of(kind, edition))


def test_a_sentence_quotes_the_figure_of_the_record(scene: Scene) -> None:
    paper = _paper(scene.cast)
    _write(paper, "introduction", "Of {{deliverables|words}} deliverables, {{not-started|Words}} wait.")
    document = _compose(scene.cast.plan)
    (said,) = [one for one in document.walk() if isinstance(one, Paragraph) and one.origin]
    assert plain_text(said.content).startswith("Of four deliverables")
    quoted = [one for one in inlines(said.content) if isinstance(one, Run) and one.figure]
    assert [one.figure for one in quoted] == ["deliverables|words", "not-started|Words"]
    counted = [row for table in _tables(document) for row in table.body if "not started" in _row(row)]
    assert quoted[1].text == ["0", "1", "Two", "Three", "Four"][len(counted)]


def _tables(document: Document) -> list[Table]:
    return [
        block
        for block in document.blocks
        if isinstance(block, Table) and "agreed status" in plain_text(block.caption)
    ]


def _row(row: object) -> str:
    return " ".join(plain_text(cell.content) for cell in row.cells)  # type: ignore[attr-defined]


def test_a_name_that_no_figure_has_is_shown_and_stops_nothing(scene: Scene) -> None:
    _write(_paper(scene.cast), "lessons", "There are {{unicorns}}, see [@nowhere].")
    assert "There are [? unicorns], see [? nowhere]." in _sentences(_compose(scene.cast.plan))


def test_a_section_without_translation_stands_in_the_original_with_a_mark(scene: Scene) -> None:
    _write(_paper(scene.cast), "introduction", "Only in English.")
    document = _compose(scene.cast.plan, language="fr")
    said = [one for one in document.walk() if isinstance(one, Paragraph)]
    place = next(n for n, one in enumerate(said) if plain_text(one.content) == "Only in English.")
    assert "anglais" in plain_text(said[place - 1].content)
    assert [one.language for one in inlines(said[place].content) if isinstance(one, Run)] == ["en"]


def test_a_translation_of_an_earlier_wording_is_marked(scene: Scene) -> None:
    paper = _paper(scene.cast)
    _write(paper, "introduction", "Before.")
    made_from = {"source_digest": digest_of("Before.")}
    _write(paper, "introduction", "Avant.", "fr", **made_from)
    assert not any("modifié" in one for one in _sentences(_compose(scene.cast.plan, language="fr")))
    _write(paper, "introduction", "After.", written_at=at(2023, 2, 1))
    assert any("modifié" in one for one in _sentences(_compose(scene.cast.plan, language="fr")))


def test_a_report_of_an_earlier_day_has_the_words_of_that_day(scene: Scene) -> None:
    paper = _paper(scene.cast)
    _write(paper, "introduction", "First words.")
    _write(paper, "introduction", "Second words.", written_at=at(2023, 2, 10))
    assert "Second words." in _sentences(_compose(scene.cast.plan))
    earlier = _sentences(_compose(scene.cast.plan, day=date(2023, 2, 9)))
    assert "First words." in earlier
    assert "Second words." not in earlier


def test_a_frozen_paper_keeps_the_words_of_its_freezing(scene: Scene) -> None:
    paper = _paper(scene.cast)
    _write(paper, "introduction", "Frozen words.")
    frozen = at(2023, 2, 14)
    Paper.objects.filter(pk=paper.pk).update(frozen_at=frozen, up_to=DAY, as_of=DAY)
    _write(paper, "introduction", "Too late.", written_at=frozen + timedelta(hours=1))
    said = _sentences(_compose(scene.cast.plan))
    assert "Frozen words." in said
    assert "Too late." not in said


def test_the_purpose_leads_to_the_numbered_decision(scene: Scene) -> None:
    paper = _paper(scene.cast)
    _write(paper, "purpose", "The Council is invited to take note.")
    _write(paper, "decision", "The Council takes note and asks:\n\n1. for more;\n2. for sooner.")
    document = _compose(scene.cast.plan)
    assert document.cover is not None
    assert any(getattr(one, "anchor", "") == "draft-decision" for one in inlines(document.cover.purpose))
    decision = next(one for one in document.blocks if getattr(one, "anchor", "") == "draft-decision")
    assert isinstance(decision, Paragraph)
    assert decision.numbered


def test_a_pillar_that_is_not_named_in_the_text_has_its_own_heading(scene: Scene) -> None:
    document = _compose(scene.cast.plan)
    titles = [plain_text(one.content) for one in document.blocks if isinstance(one, Heading)]
    pillars = [title.partition(" – ")[0] for title in titles if title.startswith("Pillar")]
    assert pillars == ["Pillar 1", "Pillar 2"] * 2  # in the text, and in the annex


def test_only_what_was_agreed_goes_in(scene: Scene) -> None:
    """Before anything is agreed, no status of ours stands in a paper."""
    document = _compose(scene.cast.plan, day=date(2023, 2, 14))
    cells = [_row(row) for table in _tables(document) for row in table.body]
    assert cells
    assert all("not agreed yet" in cell for cell in cells)


def test_every_written_kind_is_a_kind_of_report() -> None:
    assert set(WRITTEN_KINDS) <= set(KINDS)


def test_the_command_in_the_file_makes_the_words_of_then_again(scene: Scene) -> None:
    paper = _paper(scene.cast)
    _write(paper, "introduction", "As given out.")
    made = _compose(scene.cast.plan)
    _write(paper, "introduction", "Rewritten the same day.", written_at=at(2023, 2, 15))
    said = made.metadata.provenance
    words = said["command"].split()
    until = moment_of(words[words.index("--written-until") + 1])
    asked = Asked(
        kind="mid-term-review", plan=scene.cast.plan, up_to=DAY, as_of=DAY, language="en", written_until=until
    )
    again = compose_report(asked)
    assert "As given out." in _sentences(again)
    assert again.metadata.provenance == said
