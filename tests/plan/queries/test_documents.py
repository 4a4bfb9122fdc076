"""What is loaded is given back equal, whatever a document holds."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi.documents.comparison import compare
from suivi.documents.model import (
    Action,
    Deliverable,
    Footnote,
    Header,
    Link,
    LinkKind,
    Pillar,
    PlanDocument,
    Target,
)
from suivi.findings import Place
from suivi.plan.commands import DecisionGiven, LoadOutcome, load_plan
from suivi.plan.queries import document_of
from suivi.values.text import Text
from tests.cast import NOW

pytestmark = pytest.mark.django_db
DECISION = DecisionGiven(date(2021, 1, 20))

LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
WORDS = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
TEXTS = st.builds(
    lambda original, others: Text.of_many({"en": original, **others}, "en"),
    WORDS,
    st.dictionaries(st.sampled_from(["fr", "es", "ar"]), WORDS, max_size=2),
)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
PLACES = st.builds(
    Place,
    line=st.none() | st.integers(1, 9999),
    page=st.none() | st.integers(1, 99),
    sheet=st.text(LETTERS, max_size=5),
    cell=st.sampled_from(["", "B7"]),
)
CODES = st.sampled_from(["A.1", "A.4", "7.2", "all policy outcomes"])
LINKS = st.one_of(
    st.builds(
        Link,
        st.just(LinkKind.OUTPUT),
        CODES,
        st.sampled_from(["2020-21", "2022-23"]),
        st.none() | TEXTS,
    ),
    st.builds(Link, st.just(LinkKind.SCOPE), st.just("all policy outcomes"), st.just("2020-21")),
    st.builds(Link, st.just(LinkKind.DOCUMENT), WORDS, title=st.none() | TEXTS),
    st.builds(Link, st.just(LinkKind.TEXT), WORDS),
)
MARKS = st.lists(st.sampled_from(["1", "2", "16"]), max_size=2)
KEYS = st.sampled_from(["", "k"])


@st.composite
def windows(draw: st.DrawFn) -> dict[str, Any]:
    starts_on, ends_on = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if starts_on and ends_on and ends_on < starts_on:
        starts_on, ends_on = ends_on, starts_on
    return {"window": draw(st.none() | WORDS), "starts_on": starts_on, "ends_on": ends_on}


@st.composite
def deliverables(draw: st.DrawFn, number: str) -> Deliverable:
    words = st.text(LETTERS, max_size=10)
    target = st.builds(Target.of, st.decimals(0, 10**9, places=4).map(_plainest), words, st.just("en"))
    return Deliverable(
        number=number,
        key=f"k{number}" if draw(KEYS) else "",
        number_is_internal=draw(st.booleans()),
        text=draw(TEXTS),
        title=draw(st.none() | TEXTS),
        target=draw(st.none() | target),
        strands=draw(st.lists(TEXTS, max_size=2)),
        lead=draw(st.just("") | WORDS),
        indicator=draw(st.just("") | WORDS),
        links=draw(st.lists(LINKS, max_size=3, unique_by=lambda link: link.key)),
        footnotes=draw(MARKS),
        place=draw(PLACES),
        **draw(windows()),
    )


def _plainest(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


@st.composite
def plans(draw: st.DrawFn) -> PlanDocument:
    numbers = (str(n) for n in count(1))
    pillars = []
    for _ in range(draw(st.integers(1, 2))):
        actions = []
        for _ in range(draw(st.integers(0, 2))):
            parts = [draw(deliverables(next(numbers))) for _ in range(draw(st.integers(0, 2)))]
            number = next(numbers)
            actions.append(
                Action(
                    number=number,
                    key=f"k{number}" if draw(KEYS) else "",
                    number_is_internal=draw(st.booleans()),
                    text=draw(TEXTS),
                    title=draw(st.none() | TEXTS),
                    links=draw(st.lists(LINKS, max_size=2, unique_by=lambda link: link.key)),
                    deliverables=parts,
                    footnotes=draw(MARKS),
                    place=draw(PLACES),
                )
            )
        pillars.append(Pillar(number=next(numbers), title=draw(TEXTS), actions=actions, place=draw(PLACES)))
    plan = PlanDocument(header=draw(headers()), pillars=pillars, slug="made-up")
    plan.labels = draw(st.dictionaries(st.sampled_from(["pillar", "action"]), TEXTS, max_size=2))
    plan.paragraphs = draw(st.integers(0, 99))
    plan.decision_paragraph = draw(st.none() | st.integers(1, 99))
    plan.footnotes = draw(st.lists(st.builds(Footnote, st.just("1"), WORDS, PLACES), max_size=2))
    plan.cited = draw(st.lists(WORDS, max_size=2))
    _let_some_follow(draw, list(plan.deliverables()))
    return plan


def headers() -> st.SearchStrategy[Header]:
    return st.builds(
        Header,
        language=st.just("en"),
        symbol=st.just("") | WORDS,
        title=st.none() | TEXTS,
        body=st.just("") | WORDS,
        session=st.just("") | WORDS,
        item=st.none() | st.integers(1, 30),
        dated_on=st.none() | DAYS,
        author_unit=st.just("") | WORDS,
        original_language=st.sampled_from(["", "en", "fr"]),
    )


def _let_some_follow(draw: st.DrawFn, parts: Sequence[Deliverable]) -> None:
    if len(parts) > 1 and draw(st.booleans()):
        parts[-1].follows = [parts[0].key or parts[0].number]


@settings(max_examples=60)
@given(plans())
def test_whatever_was_loaded_is_given_back_equal(document: PlanDocument) -> None:
    with transaction.atomic():
        loaded = load_plan(by=None, now=NOW, document=document, decision=DECISION)
        back = document_of(loaded.edition)
        assert compare(document, back) == []
        assert back == document
        again = load_plan(by=None, now=NOW, document=back, decision=DECISION)
        assert again.outcome is LoadOutcome.UNCHANGED
        transaction.set_rollback(True)
