from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest

from suivi.core.models import AuditEntry
from suivi.documents.comparison import Change, compare
from suivi.documents.model import Header, Link, LinkKind, PlanDocument, Target
from suivi.plan.commands import DecisionGiven, Loaded, LoadOutcome, load_plan, translate
from suivi.plan.models import DeliverableEdition, Edition, Plan
from suivi.plan.queries import document_of
from suivi.values.errors import InputRefused, NotAllowed, RuleBroken
from suivi.values.text import Text
from tests.cast import SLUG, Cast, at, build_cast, first_edition, second_edition, words

pytestmark = pytest.mark.django_db
NOW = at(2023, 2, 15)
ADOPTED = DecisionGiven(date(2021, 1, 20))
AMENDED = DecisionGiven(date(2023, 2, 10))


def _load(document: PlanDocument, decision: DecisionGiven | None = None, slug: str = SLUG) -> Loaded:
    return load_plan(by=None, now=NOW, document=document, slug=slug, decision=decision)


@pytest.fixture
def loaded() -> Edition:
    return _load(first_edition(), ADOPTED).edition


def test_the_same_document_twice_changes_nothing(loaded: Edition) -> None:
    lines = AuditEntry.objects.count()
    assert _load(first_edition(), AMENDED).outcome is LoadOutcome.UNCHANGED
    assert AuditEntry.objects.count() == lines
    assert Edition.objects.count() == 1


def test_what_was_loaded_is_given_back_equal(loaded: Edition) -> None:
    assert compare(document_of(loaded), first_edition()) == []
    assert _load(document_of(loaded)).outcome is LoadOutcome.UNCHANGED


def test_a_translation_is_written_in_place_with_no_decision(loaded: Edition) -> None:
    document = first_edition()
    document.pillars[0].title = words("Safe harbours", "Des ports sûrs")
    assert _load(document).outcome is LoadOutcome.TRANSLATED
    assert document_of(loaded).pillars[0].title.plain()["fr"] == "Des ports sûrs"
    assert _load(document).outcome is LoadOutcome.UNCHANGED


def test_the_title_of_a_link_is_written_in_place(loaded: Edition) -> None:
    document = first_edition()
    one = document.pillars[0].actions[0].deliverables[0]
    one.links = [Link(LinkKind.OUTPUT, "A.1", "2020-21", words("Lamps", "Lampes"))]
    assert _load(document).outcome is LoadOutcome.TRANSLATED
    assert _load(document).outcome is LoadOutcome.UNCHANGED


def test_a_translation_written_in_the_pages_survives_a_file_without_it(loaded: Edition) -> None:
    row = DeliverableEdition.objects.get(number="1.1.1")
    translate(by=None, now=NOW, row=row, field_name="text", language="fr", text="Des lanternes")
    assert _load(first_edition()).outcome is LoadOutcome.UNCHANGED
    row.refresh_from_db()
    assert row.text.plain()["fr"] == "Des lanternes"


def test_a_later_edition_keeps_translations_and_short_titles_that_its_document_lacks(
    loaded: Edition,
) -> None:
    row = DeliverableEdition.objects.get(number="1.1.1")
    translate(by=None, now=NOW, row=row, field_name="text", language="fr", text="Des lanternes")
    document = second_edition()
    for one in document.deliverables():
        one.title = None
    edition = _load(document, AMENDED).edition
    later = edition.deliverableeditions.get(number="1.1.1")
    assert str(later.title) == "Lanterns on every quay"
    assert later.text.plain()["fr"] == "Des lanternes"
    assert later.text.is_stale("fr"), "the sentence was reworded"


def test_a_change_of_what_was_adopted_needs_its_decision(loaded: Edition) -> None:
    with pytest.raises(RuleBroken) as refused:
        _load(second_edition())
    assert "edition 1 of harbour-plan: 4" in str(refused.value)
    assert Edition.objects.count() == 1


def test_an_amendment_makes_an_edition_and_leaves_the_earlier_one_alone(loaded: Edition) -> None:
    before = document_of(loaded)
    done = _load(second_edition(), AMENDED)
    assert (done.outcome, done.edition.number) == (LoadOutcome.AMENDED, 2)
    assert compare(document_of(loaded), before) == []
    assert compare(document_of(done.edition), second_edition()) == []
    assert {one.change for one in done.differences} == {
        Change.ADDED,
        Change.DROPPED,
        Change.TEXT,
        Change.WINDOW,
    }


def test_a_document_that_repeats_an_earlier_edition_is_recognised(loaded: Edition) -> None:
    _load(second_edition(), AMENDED)
    with pytest.raises(RuleBroken) as refused:
        _load(first_edition())
    assert "This is edition 1 once more" in str(refused.value)


def test_a_table_without_the_head_of_its_document_is_the_same_plan(loaded: Edition) -> None:
    document = first_edition()
    document.header = Header(language="en")
    assert _load(document).outcome is LoadOutcome.UNCHANGED


def test_the_head_and_notes_of_the_document_need_no_decision(loaded: Edition) -> None:
    document = first_edition()
    document.header.author_unit, document.paragraphs = "LAMP", 12
    next(document.deliverables()).footnotes = ["3"]
    assert _load(document).outcome is LoadOutcome.TRANSLATED
    assert _load(document).outcome is LoadOutcome.UNCHANGED
    assert _load(first_edition()).outcome is LoadOutcome.UNCHANGED, "what a poorer document lacks is kept"
    loaded.refresh_from_db()
    assert compare(document_of(loaded), document) == []


def test_a_decision_before_the_edition_in_force_is_refused(loaded: Edition) -> None:
    with pytest.raises(RuleBroken):
        _load(second_edition(), DecisionGiven(date(2020, 1, 1)))


def test_a_first_load_without_any_date_says_what_is_missing() -> None:
    with pytest.raises(InputRefused) as refused:
        _load(first_edition())
    assert "--decided-on" in str(refused.value)
    assert not Plan.objects.exists()


def test_a_document_without_a_slug_gets_one_of_its_symbol() -> None:
    assert _load(first_edition(), ADOPTED, slug="").edition.plan.slug == "hb-1"


def test_the_slug_may_be_left_out_where_one_plan_exists(loaded: Edition) -> None:
    assert _load(first_edition(), slug="").edition == loaded


def test_a_slug_that_is_none_is_refused() -> None:
    with pytest.raises(InputRefused):
        _load(first_edition(), ADOPTED, slug="not a slug!")


def test_a_continuation_that_is_taken_back_is_taken_back(loaded: Edition) -> None:
    document = first_edition()
    document.pillars[0].actions[0].continues = f"{SLUG}:1.1"
    goes_on = _load(document, AMENDED, slug="later-plan").edition
    assert document_of(goes_on).pillars[0].actions[0].continues == f"{SLUG}:1.1"
    document.pillars[0].actions[0].continues = ""
    assert _load(document, DecisionGiven(date(2023, 2, 12)), slug="later-plan").outcome is LoadOutcome.AMENDED
    assert _load(document, slug="later-plan").outcome is LoadOutcome.UNCHANGED


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: setattr(d, "number", "9" * 41), "longer than 40"),
        (lambda d: setattr(d, "window", "x" * 81), "longer than 80"),
        (lambda d: setattr(d, "lead", "x" * 301), "longer than 300"),
        (lambda d: setattr(d, "target", Target(Decimal("0.00001"))), "too many digits"),
        (lambda d: setattr(d, "target", Target(Decimal(10**15))), "too many digits"),
        (lambda d: setattr(d, "ends_on", date(1999, 1, 1)), "ends before it starts"),
        (lambda d: setattr(d, "text", Text.of("", "en")), "no words"),
        (lambda d: setattr(d, "text", Text.of("a\x00b", "en")), "no writing"),
        (lambda d: setattr(d, "text", Text.of("a\x0bb", "en")), "no writing"),
        (lambda d: d.links.append(Link(LinkKind.OUTPUT, "A" * 41, "2020-21")), "longer than 40"),
        (lambda d: setattr(d, "text", Text.of("a\ud800b", "en")), "no writing"),
        (lambda d: setattr(d, "number", "1/1"), "slash"),
        (lambda d: d.follows.append("9.9.9"), "follows 9.9.9"),
        (lambda d: setattr(d, "number", "1.1.2"), "stands twice"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(change: object, said: str) -> None:
    document = deepcopy(first_edition())
    change(document.pillars[0].actions[0].deliverables[0])  # type: ignore[operator]
    with pytest.raises(InputRefused) as refused:
        _load(document, ADOPTED)
    assert said in str(refused.value)
    assert not Plan.objects.exists()


def test_loading_needs_the_permission() -> None:
    cast: Cast = build_cast()
    with pytest.raises(NotAllowed):
        load_plan(by=cast.focal_point, now=NOW, document=first_edition(), slug="another", decision=ADOPTED)
    assert not Plan.objects.filter(slug="another").exists()


def _in_french() -> PlanDocument:
    """The invented plan as its French version would be read: other words, the same figures."""
    document = first_edition()
    document.header = Header(
        language="fr", title=Text.of("Plan des ports", "fr"), symbol="HB/1", body="Conseil"
    )
    for pillar in document.pillars:
        pillar.title = Text.of(f"Objectif {pillar.number}", "fr")
    for part in (*document.actions(), *document.deliverables()):
        part.text, part.title = Text.of(f"Phrase {part.number}", "fr"), None
    for one in document.deliverables():
        one.target = Target.of(one.target.value, "lanternes", "fr") if one.target else None
    return document


def test_a_version_in_another_language_is_written_as_translations(loaded: Edition) -> None:
    assert _load(_in_french()).outcome is LoadOutcome.TRANSLATED
    given_back = document_of(loaded)
    assert compare(first_edition(), given_back) != []
    assert all(one.change is Change.TRANSLATION for one in compare(first_edition(), given_back))
    assert given_back.pillars[0].actions[0].text.plain()["fr"] == "Phrase 1.1"
    assert _load(_in_french()).outcome is LoadOutcome.UNCHANGED


def test_a_version_in_another_language_with_other_days_needs_a_decision(loaded: Edition) -> None:
    document = _in_french()
    next(document.deliverables()).ends_on = date(2024, 12, 31)
    with pytest.raises(RuleBroken) as refused:
        _load(document)
    assert "edition 1 of harbour-plan: 1" in str(refused.value)


def test_an_unnamed_file_that_shares_hardly_anything_is_not_taken_for_the_only_plan(loaded: Edition) -> None:
    stranger = first_edition()
    for part in stranger.deliverables():
        part.text = words(f"Quite another promise, number {part.number}")
    with pytest.raises(InputRefused, match="shares hardly"):
        _load(stranger, slug="")
