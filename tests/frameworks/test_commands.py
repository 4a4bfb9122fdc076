from datetime import date

import pytest
from django.db import IntegrityError, transaction

from suivi.core.models import AuditEntry
from suivi.frameworks.commands import cite_edition, cite_item, describe_edition, describe_item
from suivi.frameworks.models import FrameworkEdition, FrameworkItem
from suivi.values.errors import NotAllowed
from suivi.values.text import Text
from tests.cast import NOW, Cast, build_cast, words

NOTHING = Text.of("", "en")


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def test_the_same_code_of_two_editions_is_two_things(db: None) -> None:
    items = [cite_item(cite_edition(code, "en"), "A.4", NOTHING) for code in ("2020-21", "2022-23")]
    assert items[0] != items[1]
    assert [str(item) for item in items] == ["2020-21:A.4", "2022-23:A.4"]


def test_citing_twice_makes_one_item(db: None) -> None:
    edition = cite_edition("2020-21", "en")
    assert cite_item(edition, "A.4", NOTHING) == cite_item(cite_edition("2020-21", "en"), "A.4", NOTHING)


def test_a_title_fills_an_empty_one_and_replaces_none(db: None) -> None:
    edition = cite_edition("2020-21", "en")
    cite_item(edition, "A.4", NOTHING)
    assert str(cite_item(edition, "A.4", words("Lamps")).title) == "Lamps"
    assert str(cite_item(edition, "A.4", words("Other lamps")).title) == "Lamps"


def test_what_a_plan_has_cited_is_described_in_place(cast: Cast) -> None:
    cited = FrameworkItem.objects.get(code="A.1")
    edition = describe_edition(
        by=cast.plan_manager,
        now=NOW,
        code="2020-21",
        name=words("Programme of the lights"),
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 12, 31),
    )
    item = describe_item(
        by=cast.plan_manager, now=NOW, edition=edition, code="A.1", kind="output", title=words("Lamps lit")
    )
    assert (item.pk, item.kind, str(item.title)) == (cited.pk, "output", "Lamps lit")
    assert FrameworkEdition.objects.count() == 1
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"describe_framework_edition", "describe_framework_item"} <= verbs


def test_only_those_who_adopt_editions_describe_frameworks(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        describe_edition(by=cast.focal_point, now=NOW, code="2024-25", name=words("Next"))
    with pytest.raises(NotAllowed):
        describe_item(
            by=cast.auditor,
            now=NOW,
            edition=FrameworkEdition.objects.get(),
            code="A.2",
            kind="output",
            title=words("Oil"),
        )


def test_a_code_stands_once_in_an_edition(db: None) -> None:
    edition = cite_edition("2020-21", "en")
    cite_item(edition, "A.4", NOTHING)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkItem.objects.create(edition=edition, code="A.4")
