import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from suivi.plan.commands import assign_unit, load_plan
from suivi.plan.commands.editions import DecisionGiven
from tests.cast import SLUG, Cast, at, second_edition, words
from tests.web.conftest import SignedIn, queries_of

ADDRESS = f"/plans/{SLUG}"


def page(client: Client, query: str = "", address: str = ADDRESS) -> str:
    answer = client.get(f"{address}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def shown(text: str) -> list[str]:
    """The keys of the deliverables in the table, in its order."""
    return re.findall(rf'<th scope="row"><a href="{ADDRESS}/deliverables/([\d.]+)"', text)


def test_the_plan_manager_sees_units_and_gaps(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager))
    assert shown(text) == ["1.1.1", "1.1.2", "1.2.1", "2.1.2"]
    assert "Light and Lamp Office" in text
    assert "no accountable unit" in text
    assert "4 of 4 deliverables" in text


def test_a_focal_point_sees_the_same_table(cast: Cast, as_person: SignedIn) -> None:
    assert "no responsible unit" in page(as_person(cast.focal_point))


@pytest.mark.parametrize("who", ["nobody", "stranger", "public_reader"])
def test_readers_from_outside_see_no_units_and_no_gaps(cast: Cast, as_person: SignedIn, who: str) -> None:
    cast.plan.is_public = True
    cast.plan.save()
    text = page(as_person(None if who == "nobody" else getattr(cast, who)))
    assert shown(text) == ["1.1.1", "1.1.2", "1.2.1", "2.1.2"]
    for inside in ("Lamp Office", "accountable unit", "Management plan", "Requests"):
        assert inside not in text


def test_a_plan_that_is_not_public_does_not_exist_for_strangers(cast: Cast, as_person: SignedIn) -> None:
    cast.plan.is_public = False
    cast.plan.save()
    assert as_person(cast.stranger).get(ADDRESS).status_code == 404
    assert as_person(None).get(ADDRESS).status_code == 404


def test_a_plan_that_is_not_there_is_not_found(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(cast.plan_manager).get("/plans/no-such-plan").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?pillar=2", ["2.1.2"]),
        ("?unit=island", ["1.1.1"]),
        ("?unit=region", ["1.1.1", "1.1.2"]),
        ("?window=ends-in-2024", ["1.1.2"]),
        ("?window=closing", ["1.1.1"]),
        ("?window=open-in-2025", ["1.2.1", "2.1.2"]),
        ("?assigned=gap", ["1.1.2", "1.2.1"]),
        ("?assigned=no_accountable", ["1.2.1"]),
        ("?assigned=complete&pillar=1", ["1.1.1"]),
        ("?q=LANTÈRNS", ["1.1.1"]),
        ("?q=%25", []),
        ("?pillar=nowhere&unit=nobody&window=never", ["1.1.1", "1.1.2", "1.2.1", "2.1.2"]),
    ],
)
def test_the_address_filters_the_table(cast: Cast, as_person: SignedIn, query: str, found: list[str]) -> None:
    assert shown(page(as_person(cast.plan_manager), query)) == found


def test_nothing_found_says_so_and_offers_the_whole(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), "?q=volcano")
    assert "No deliverable meets these filters." in text
    assert "0 of 4 deliverables" in text


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("title", ["1.1.2", "2.1.2", "1.2.1", "1.1.1"]),
        ("-title", ["1.1.1", "1.2.1", "2.1.2", "1.1.2"]),
        ("ends", ["1.1.1", "1.1.2", "1.2.1", "2.1.2"]),
        ("-target", ["1.2.1", "1.1.1", "1.1.2", "2.1.2"]),
        ("target", ["1.1.1", "1.2.1", "1.1.2", "2.1.2"]),
        ("-status", ["1.1.2", "1.2.1", "2.1.2", "1.1.1"]),
        ("lead", ["1.1.1", "2.1.2", "1.1.2", "1.2.1"]),
        ("nonsense", ["1.1.1", "1.1.2", "1.2.1", "2.1.2"]),
    ],
)
def test_the_heads_of_the_columns_sort(cast: Cast, as_person: SignedIn, sort: str, found: list[str]) -> None:
    assert shown(page(as_person(cast.plan_manager), f"?sort={sort}")) == found


def test_the_sorted_column_says_so(cast: Cast, as_person: SignedIn) -> None:
    assert 'aria-sort="descending"' in page(as_person(cast.plan_manager), "?sort=-ends")


def test_an_earlier_day_shows_the_edition_in_force_then(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), "?as_of=2021-06-01")
    assert shown(text) == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert "Lamp Office" in text
    assert "Light and Lamp Office" not in text


def test_before_its_adoption_there_is_no_plan_to_see(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(cast.plan_manager).get(f"{ADDRESS}?as_of=2020-06-01").status_code == 404


def test_internal_numbers_are_marked(cast: Cast, as_person: SignedIn) -> None:
    assert "Internal number: the document itself gives none here." in page(as_person(cast.plan_manager))


def test_sentences_are_shown_on_demand(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    sentence = "Lanterns on every quay and pier, in another invented sentence"
    assert sentence not in page(client)
    assert sentence in page(client, "?sentences=1")


def test_hostile_words_are_escaped(cast: Cast, as_person: SignedIn) -> None:
    document = second_edition()
    for deliverable in document.deliverables():
        deliverable.title = words("<script>alert(1)</script>")
    document.pillars[0].title = words('"><img src=x>')
    given = DecisionGiven(at(2023, 1, 10).date(), "<b>Assembly</b>")
    load_plan(by=None, now=at(2023, 1, 10), slug=SLUG, document=document, decision=given)
    client = as_person(cast.plan_manager)
    for address in (ADDRESS, f"{ADDRESS}/timeline", f"{ADDRESS}/deliverables/1.1.1", f"{ADDRESS}/pillars/1"):
        text = page(client, '?q="><script>alert(2)</script>' if address.endswith("plan") else "", address)
        for hostile in ("<script>alert", "<img src=x>", "<b>Assembly"):
            assert hostile not in text


def test_the_page_carries_no_inline_style_and_no_inline_script(cast: Cast, as_person: SignedIn) -> None:
    for address in (ADDRESS, f"{ADDRESS}/timeline", f"{ADDRESS}/deliverables/1.1.1"):
        text = page(as_person(cast.plan_manager), address=address)
        assert " style=" not in text
        assert "<style" not in text
        assert "onclick" not in text


@pytest.mark.parametrize(
    ("query", "most"),
    # Five ask who asks for what (session, account, plan, edition, roles), one whether anything was written
    # since, twelve for the data of the page.
    [("", 18), ("?q=lanterns", 19), ("?sort=title", 19), ("/timeline", 19)],
)
def test_the_number_of_queries_does_not_grow_with_the_plan(
    cast: Cast, as_person: SignedIn, query: str, most: int, larger: Callable[[], Any]
) -> None:
    client = as_person(cast.plan_manager)
    few = queries_of(client, f"{ADDRESS}{query}")
    larger()
    assert queries_of(client, f"{ADDRESS}{query}") == few <= most


@pytest.fixture
def larger(cast: Cast) -> Callable[[], None]:
    """Thirty more deliverables with units."""

    def grow() -> None:
        document = second_edition()
        action = document.pillars[1].actions[0]
        row = action.deliverables[0]
        action.deliverables += [replace(row, number=f"2.1.{n}", key="") for n in range(3, 33)]
        given = DecisionGiven(at(2023, 1, 10).date(), "Harbour Assembly")
        load_plan(by=None, now=at(2023, 1, 10), slug=SLUG, document=document, decision=given)
        for number in range(3, 33):
            assign_unit(
                by=None,
                now=at(2023, 1, 11),
                deliverable=cast.deliverable(f"2.1.{number}"),
                unit=cast.island,
                role="accountable",
                starts_on=at(2023, 1, 11).date(),
            )

    return grow


def test_a_long_table_comes_in_pages_and_all_at_once_on_demand(
    cast: Cast, as_person: SignedIn, larger: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    larger()
    monkeypatch.setattr("suivi.web.overview_table.PAGE", 10)
    client = as_person(cast.plan_manager)
    assert len(shown(page(client))) == 10
    assert shown(page(client, "?page=4"))[-1] == "2.1.32"
    assert len(shown(page(client, "?page=all"))) == 34
    assert len(shown(page(client, "?page=999"))) == 4
    assert len(shown(page(client, "?page=-1"))) == 10


def test_the_timeline_draws_milestones_for_people_inside_only(cast: Cast, as_person: SignedIn) -> None:
    cast.plan.is_public = True
    cast.plan.save()
    inside = page(as_person(cast.focal_point), address=f"{ADDRESS}/timeline")
    assert inside.count("<svg") >= 2
    assert "First five lanterns lit" in inside
    outside = page(as_person(None), address=f"{ADDRESS}/timeline")
    assert "Lanterns on every quay" in outside
    assert "First five lanterns lit" not in outside


def test_the_timeline_takes_the_same_filters(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), "?pillar=2", f"{ADDRESS}/timeline")
    assert "Charts on screens" in text
    assert "Lanterns on every quay" not in text
