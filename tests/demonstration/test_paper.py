"""The invented paper: three languages that quote the same figures, in the states that the pages show."""

from datetime import date, timedelta

import pytest

from suivi.demonstration.data_files import read
from suivi.plan.models import Plan
from suivi.render.document import Document, Paragraph
from suivi.render.translation.segments import quotes_of
from suivi.reporting.kinds import compose_report
from suivi.reporting.models import Paper
from suivi.reporting.queries import calendar_of, sections_on
from suivi.reporting.quoted import asked_of
from suivi.reporting.rules import SectionState, Step
from tests.cast import NOW
from tests.demonstration.days import OPENING_DAY

LANGUAGES = ("en", "fr", "es")


def test_translations_quote_the_same_figures_and_have_as_many_paragraphs() -> None:
    for section in read("paper.yaml")["sections"]:
        for words in (section["words"], section.get("reworded", {}).get("words", {})):
            quoted = {tuple(sorted(quotes_of(text).items())) for text in words.values()}
            lengths = {len(text.strip().split("\n\n")) for text in words.values()}
            assert max(len(quoted), len(lengths)) <= 1, section["key"]


@pytest.fixture
def paper(plan: Plan) -> Paper:
    return Paper.objects.select_related("plan").get(plan=plan)


def _numbered(document: Document) -> int:
    return sum(isinstance(block, Paragraph) and block.numbered for block in document.blocks)


def test_paper_has_38_paragraphs_up_to_the_decision_in_each_language(paper: Paper) -> None:
    documents = [compose_report(asked_of(paper, language, OPENING_DAY)) for language in LANGUAGES]
    assert [_numbered(document) for document in documents] == [39, 39, 39]  # the last is the decision


def test_paper_shows_each_state_of_a_section(paper: Paper) -> None:
    found = {one.section.key: one for one in sections_on(paper, OPENING_DAY, OPENING_DAY)}
    assert found["introduction"].original.state == SectionState.CLEARED
    assert found["pillar:3"].original.state == SectionState.FIGURES
    assert found["decision"].original.state == SectionState.WRITTEN


def test_what_was_reworded_is_translated_again_before_the_paper_goes_out(paper: Paper) -> None:
    def stale(day: date) -> set[tuple[str, str]]:
        found = ((one.section.key, each) for one in sections_on(paper, day, day) for each in one.languages)
        return {(key, each.language) for key, each in found if each.state == SectionState.STALE}

    assert stale(OPENING_DAY - timedelta(days=1)) == {("further-progress", "fr")}
    assert stale(OPENING_DAY) == set()


def test_round_and_clearance_are_late_on_the_day(paper: Paper) -> None:
    steps = calendar_of(paper, sections_on(paper, OPENING_DAY, OPENING_DAY), OPENING_DAY, now=NOW)
    assert [one.step for one in steps if one.is_late] == [Step.ROUND, Step.CLEARED]
