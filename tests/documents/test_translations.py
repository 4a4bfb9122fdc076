from suivi.documents.model import Action, Deliverable, Header, Pillar, PlanDocument
from suivi.documents.translations import Lack, lack_of, untranslated
from suivi.values.text import Text


def test_a_text_without_words_in_a_language_is_missing() -> None:
    assert lack_of(Text.of("lamp", "en"), "fr") is Lack.MISSING


def test_the_original_language_lacks_nothing() -> None:
    assert lack_of(Text.of("lamp", "en"), "en") is None


def test_a_translation_of_an_earlier_wording_is_stale() -> None:
    reworded = Text.of_many({"en": "lamp", "fr": "lampe"}, "en").with_version("en", "lantern")
    assert lack_of(reworded, "fr") is Lack.STALE


def test_every_text_of_a_plan_is_asked_for_in_its_order() -> None:
    deliverable = Deliverable(
        number="1.1.1", text=Text.of("lit", "en"), strands=[Text.of("red", "en"), Text.of("green", "en")]
    )
    action = Action(
        number="1.1",
        title=Text.of("short", "en"),
        text=Text.of_many({"en": "light", "fr": "allumer"}, "en"),
        deliverables=[deliverable],
    )
    plan = PlanDocument(
        header=Header(language="en", title=Text.of("Plan", "en")),
        pillars=[Pillar(number="1", title=Text.of("Safe", "en"), actions=[action])],
    )
    assert [(one.level, one.field) for one in untranslated(plan, ["en", "fr"])] == [
        ("plan", "title"),
        ("pillar", "title"),
        ("action", "title"),
        ("deliverable", "text"),
        ("deliverable", "strand-0"),
        ("deliverable", "strand-1"),
    ]
