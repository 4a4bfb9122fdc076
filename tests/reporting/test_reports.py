"""Reports are composed from the record as of a day, in the language asked for."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test.utils import override_settings

from suivi.monitoring.queries.chain import head_of
from suivi.plan.models import Plan
from suivi.render.document import Document, Figure, Paragraph, Table
from suivi.render.runs import plain_text
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import KINDS, compose_report, file_name, make_report
from suivi.values.errors import NotFound
from suivi.values.text import Text
from tests.cast import DAY, SLUG, Cast
from tests.monitoring.scene import build_scene

PARTS = {"unit": "headquarters", "region": "region", "pillar": "1"}

# Those that are not made of a paper that was issued.
OF_A_PLAN = [kind.key for kind in KINDS.values() if not kind.follows]

# Reviews read what was written, learned and heard beside where the plan stands; progress reads it twice.
MOST_QUERIES = {"mid-term-review": 26, "final-report": 26, "progress": 24}


def _asked(kind: str, plan: Plan, day: date, language: str) -> Asked:
    part = PARTS[KINDS[kind].part] if kind in KINDS and KINDS[kind].part else ""
    return Asked(kind=kind, plan=plan, up_to=day, as_of=day, language=language, part=part)


def _words(document: Document) -> str:
    """Everything the document says, in order."""
    said = []
    for block in document.walk():
        if isinstance(block, Table):
            rows = [*block.header, *block.body]
            said += [plain_text(block.caption)]
            said += [plain_text(cell.content) for row in rows for cell in row.cells]
        else:
            said += [plain_text(item) for item in getattr(block, "items", ())]
            said += [plain_text(getattr(block, "content", getattr(block, "caption", "")))]
    return "\n".join(said)


def _table(document: Document, caption: str) -> Table:
    return next(b for b in document.blocks if isinstance(b, Table) and caption in plain_text(b.caption))


def test_overview_holds_every_deliverable_of_the_edition_in_force(cast: Cast) -> None:
    words = _words(compose_report(_asked("overview", cast.plan, DAY, "en")))
    assert [number in words for number in ("1.1.1", "1.1.2", "1.2.1", "2.1.2")] == [True] * 4
    assert "2.1.1" not in words


def test_overview_of_an_earlier_day_shows_the_edition_of_that_day(cast: Cast) -> None:
    first = cast.plan.editions.get(number=1).in_force_on
    words = _words(compose_report(_asked("overview", cast.plan, first, "en")))
    assert "2.1.1" in words
    assert "2.1.2" not in words


def test_action_stands_once_beside_its_deliverables(cast: Cast) -> None:
    document = compose_report(_asked("overview", cast.plan, DAY, "en"))
    first = next(block for block in document.blocks if isinstance(block, Table))
    assert [row.cells[0].rowspan for row in first.body] == [2, 1, 1]
    assert [len(row.cells) for row in first.body] == [3, 2, 3]


def test_management_plan_puts_the_gaps_first(cast: Cast) -> None:
    document = compose_report(_asked("management-plan", cast.plan, DAY, "en"))
    gaps = _table(document, "without an accountable")
    named = [plain_text(row.cells[0].content).split()[0] for row in gaps.body]
    assert named[:2] == ["1.1.2", "1.2.1"]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert tables[0] is gaps


def test_management_plan_draws_the_timeline_with_words_for_it(cast: Cast) -> None:
    document = compose_report(_asked("management-plan", cast.plan, DAY, "en"))
    figure = next(block for block in document.blocks if isinstance(block, Figure))
    assert figure.svg.startswith("<svg")
    assert "timeline" in figure.alt


def test_text_without_translation_is_marked_with_its_language(cast: Cast) -> None:
    document = compose_report(_asked("overview", cast.plan, DAY, "fr"))
    table = next(block for block in document.blocks if isinstance(block, Table))
    _number, words = table.body[0].cells[0].content  # type: ignore[misc]
    assert words.language == "en"  # type: ignore[union-attr]
    assert words.italic  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", OF_A_PLAN)
def test_the_number_of_queries_is_constant(cast: Cast, kind: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(MOST_QUERIES.get(kind, 20)):
        compose_report(_asked(kind, cast.plan, DAY, "en"))


def test_provenance_says_how_to_make_the_file_again(cast: Cast) -> None:
    provenance = compose_report(_asked("overview", cast.plan, DAY, "fr")).metadata.provenance
    assert provenance["as of"] == "2023-02-15"
    assert provenance["edition"] == "2"
    assert provenance["command"] == (f"suivi report overview --plan {SLUG} --as-of 2023-02-15 --language fr")


def test_demonstration_says_so_in_each_document(cast: Cast) -> None:
    with override_settings(SUIVI_DEMONSTRATION=True):
        document = compose_report(_asked("overview", cast.plan, DAY, "en"))
    assert "invented" in document.notice


def test_document_of_a_real_organisation_carries_no_such_notice(cast: Cast) -> None:
    with override_settings(SUIVI_DEMONSTRATION=False):
        assert compose_report(_asked("overview", cast.plan, DAY, "en")).notice == ""


def test_day_before_adoption_is_refused_with_a_hint(cast: Cast) -> None:
    with pytest.raises(NotFound, match="not adopted"):
        compose_report(_asked("overview", cast.plan, date(2019, 1, 1), "en"))


def test_unknown_kind_names_those_there_are(cast: Cast) -> None:
    with pytest.raises(NotFound) as refused:
        compose_report(_asked("horoscope", cast.plan, DAY, "en"))
    assert "management-plan" in str(refused.value)


def test_unknown_language_names_those_there_are(cast: Cast) -> None:
    with pytest.raises(NotFound, match="Choose one of: en, fr, es"):
        compose_report(_asked("overview", cast.plan, DAY, "tlh"))


@pytest.mark.parametrize("kind", ["overview", "management-plan"])
def test_numbers_of_ours_among_stated_ones_are_listed(cast: Cast, kind: str) -> None:
    rows = cast.plan.editions.latest("number").deliverableeditions
    rows.update(number_is_internal=False)
    rows.filter(number="1.1.1").update(number_is_internal=True)
    document = compose_report(_asked(kind, cast.plan, DAY, "en"))
    said = [str(block.content) for block in document.blocks if isinstance(block, Paragraph)]
    assert any(sentence.endswith("these are internal: 1.1.1.") for sentence in said)


@pytest.mark.parametrize(
    ("suffix", "start"), [("html", b"<!doctype html"), ("docx", b"PK"), ("pdf", b"%PDF-")]
)
@pytest.mark.parametrize("kind", OF_A_PLAN)
def test_each_report_is_made_in_each_format(cast: Cast, kind: str, suffix: str, start: bytes) -> None:
    data = make_report(_asked(kind, cast.plan, DAY, "es"), suffix)
    assert data.lower().startswith(start.lower())


def test_same_report_twice_is_the_same_to_the_byte(cast: Cast) -> None:
    once, again = (make_report(_asked("management-plan", cast.plan, DAY, "en"), "docx") for _ in range(2))
    assert once == again


def test_file_name_says_what_is_inside(cast: Cast) -> None:
    name = file_name(_asked("overview", cast.plan, DAY, "fr"), "pdf")
    assert name == f"{SLUG}-overview-2023-02-15-fr.pdf"


@pytest.mark.parametrize("kind", ["overview", "management-plan"])
def test_parts_without_words_are_named_by_level_and_number(cast: Cast, kind: str) -> None:
    edition = cast.plan.editions.latest("number")
    edition.pillareditions.filter(number="1").update(title=Text.of("", "en"))
    edition.actioneditions.filter(number="1.1").update(title=Text.of("", "en"), text=Text.of("", "en"))
    words = _words(compose_report(_asked(kind, cast.plan, DAY, "en"))).splitlines()
    assert "Pillar 1" in words
    assert not any(line.rstrip().endswith("–") for line in words)
    assert kind != "overview" or "Action 1.1" in words


def test_a_report_carries_the_head_of_the_chain_of_its_day(db: None) -> None:
    scene = build_scene()
    scene.approved("1.1.2", "region")
    plan = scene.cast.plan
    head = head_of(plan)
    assert head is not None
    made = [
        compose_report(_asked("overview", plan, day, "en")).metadata.provenance
        for day in (DAY, DAY - timedelta(days=1))
    ]
    assert [provenance.get("chain head") for provenance in made] == [head.hash, None]
