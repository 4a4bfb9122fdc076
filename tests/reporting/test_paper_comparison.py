"""Two reports against each other: what moved, what was promised, what became of it."""

from datetime import timedelta

import pytest

from suivi.office.word import read_word
from suivi.render.document import Document, Table
from suivi.render.passages import flat_passages
from suivi.render.runs import plain_text
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import make_report
from suivi.reporting.made_from import asked_by_file_or_paper
from suivi.reporting.paper_comparison import compose_comparison, make_comparison, make_tracked
from suivi.values.errors import InputRefused, NotFound
from tests.cast import DAY, NOW
from tests.reporting.paper_scene import PaperScene, build_paper, correct

BEFORE = DAY - timedelta(days=20)


@pytest.fixture
def paper(db: None) -> PaperScene:
    return build_paper()


def asked(scene: PaperScene, day: object = DAY, language: str = "en") -> Asked:
    return Asked(
        kind="mid-term-review", plan=scene.paper.plan, up_to=day, as_of=day, language=language,  # type: ignore[arg-type]
        paper=scene.paper,
    )  # fmt: skip


def said(document: Document) -> str:
    return "\n".join(passage.text for passage in flat_passages(document))


def rows_of(document: Document, caption: str) -> list[list[str]]:
    tables = (block for block in document.blocks if isinstance(block, Table))
    [table] = [one for one in tables if caption in plain_text(one.caption)]
    return [[plain_text(cell.content) for cell in row.cells] for row in table.body]


def test_report_against_itself_moved_in_nothing(paper: PaperScene) -> None:
    document = compose_comparison(asked(paper), asked(paper))
    assert "Every agreed status is as it was" in said(document)
    assert "No deliverable was to be finished" in said(document)
    assert not [block for block in document.blocks if isinstance(block, Table)]


def test_edition_between_the_reports_shows_what_came_and_what_went(paper: PaperScene) -> None:
    first = paper.paper.plan.editions.get(number=1).in_force_on
    document = compose_comparison(asked(paper, first), asked(paper))
    [table] = [
        b for b in document.blocks if isinstance(b, Table) and "added, dropped" in plain_text(b.caption)
    ]
    rows = [[plain_text(cell.content) for cell in row.cells] for row in table.body]
    moved = {row[0].split()[0]: row[1:] for row in rows}
    assert moved["2.1.1"][1] == "not in the plan"
    assert moved["2.1.2"][0] == "not in the plan"


def test_what_was_to_be_finished_between_stands_with_what_became_of_it(paper: PaperScene) -> None:
    later = asked(paper, DAY.replace(year=2024))
    document = compose_comparison(asked(paper), later)
    rows = rows_of(document, "to be finished")
    assert [row[0].split()[0] for row in rows] == ["1.1.1"]
    assert all(row[2] == "not agreed yet" for row in rows)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_comparison_is_made_in_each_language_as_each_file(paper: PaperScene, language: str) -> None:
    later = asked(paper, DAY, language)
    assert make_comparison(asked(paper, BEFORE), later, "html").startswith(b"<!DOCTYPE html")
    assert make_comparison(asked(paper, BEFORE), later, "docx").startswith(b"PK")


def test_tracked_file_shows_the_words_that_are_new(paper: PaperScene) -> None:
    paper.written(text="The keepers met in spring.", now=NOW - timedelta(days=25))
    version = paper.section().versions.get()
    paper.written(text="The keepers met in autumn.", over=version.pk)
    file = read_word(make_tracked(asked(paper, BEFORE), asked(paper)))
    tracked = [(s.fate.value, s.text) for one in file.paragraphs() for s in one.spans if s.is_tracked]
    assert ("removed", "spring") in tracked
    assert ("added", "autumn") in tracked


def test_reports_of_two_plans_are_refused(paper: PaperScene) -> None:
    other = type(paper.paper.plan)(slug="other", scope=paper.paper.plan.scope)
    with pytest.raises(InputRefused, match="two plans"):
        compose_comparison(
            Asked(kind="overview", plan=other, up_to=DAY, as_of=DAY, language="en"), asked(paper)
        )


def test_report_is_named_by_its_file_or_by_its_paper(paper: PaperScene) -> None:
    paper.written(text="The keepers met.")
    data = make_report(asked(paper), "docx")
    plan = paper.paper.plan
    by_file = asked_by_file_or_paper("x.docx", data, plan, DAY)
    by_key = asked_by_file_or_paper("review", None, plan, DAY)
    assert (by_file.as_of, by_file.paper, by_file.written_until) == (DAY, paper.paper, NOW)
    assert (by_key.as_of, by_key.paper) == (DAY, paper.paper)
    with pytest.raises(NotFound, match="neither a file nor"):
        asked_by_file_or_paper("nothing", None, plan, DAY)


def test_count_that_was_corrected_between_the_reports_has_moved(paper: PaperScene) -> None:
    update = paper.scene.approved("1.1.2", round=None)
    correct(paper, update, ())
    later = DAY + timedelta(days=10)
    document = compose_comparison(asked(paper), asked(paper, later))
    [row] = rows_of(document, "Counts that moved")
    assert row[0].startswith("1.1.2")
    assert row[1] != row[2]
