"""plan.yaml: written, read back equal, refused whole where it is broken."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.documents import planfile
from suivi.documents.model import (
    Action,
    Certainty,
    Deliverable,
    Footnote,
    Header,
    Link,
    LinkKind,
    Pillar,
    PlanDocument,
    Source,
    Target,
)
from suivi.documents.reader import read_bytes
from suivi.findings import Place
from suivi.values.errors import InputRefused
from suivi.values.text import Text
from tests.documents.invented import ENGLISH, one_row_each
from tests.documents.writers import as_tabs

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1, max_size=60
).map(lambda words: words.strip() or "words")
TEXTS = st.one_of(
    WORDS.map(lambda words: Text.of(words, "fr")),
    st.tuples(WORDS, WORDS).map(lambda pair: Text.of_many({"fr": pair[0], "en": pair[1]}, "fr")),
)
LINKS = st.one_of(
    st.sampled_from(
        [Link(LinkKind.OUTPUT, "A.4", "2020-21"), Link(LinkKind.SCOPE, "all policy outcomes", "2022-23")]
    ),
    st.builds(Link, st.just(LinkKind.OUTPUT), st.just("1.1"), st.just("2022-23"), TEXTS),
    st.builds(lambda words: Link(LinkKind.TEXT, words), WORDS),
)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@st.composite
def plans(draw: st.DrawFn) -> PlanDocument:
    pillars = []
    for p in range(1, draw(st.integers(1, 2)) + 1):
        pillar = Pillar(number=f"{p}", title=draw(TEXTS), number_is_internal=draw(st.booleans()))
        for a in range(1, draw(st.integers(0, 2)) + 1):
            action = Action(number=f"{p}.{a}", text=draw(TEXTS), links=draw(st.lists(LINKS, max_size=2)))
            action.deliverables = [
                draw(deliverables(f"{p}.{a}.{d}")) for d in range(1, draw(st.integers(0, 2)) + 1)
            ]
            pillar.actions.append(action)
        pillars.append(pillar)
    header = Header(
        language="fr", title=draw(st.none() | TEXTS), dated_on=draw(st.none() | DAYS), session="341"
    )
    notes = [Footnote("1", draw(WORDS), Place(line=3))]
    return PlanDocument(header=header, pillars=pillars, slug="a-plan", footnotes=notes, paragraphs=3)


@st.composite
def deliverables(draw: st.DrawFn, number: str) -> Deliverable:
    days = sorted([draw(DAYS), draw(DAYS)])
    value = draw(st.decimals(0, 10**6, places=2))
    return Deliverable(
        number=number,
        text=draw(TEXTS),
        window=draw(st.none() | WORDS),
        starts_on=days[0],
        ends_on=days[1],
        target=draw(st.none() | TEXTS.map(lambda unit: Target(value, unit))),
        strands=draw(st.lists(TEXTS, max_size=2)),
        lead=draw(st.just("") | WORDS),
        place=draw(
            st.sampled_from([Place(), Place(line=4), Place(page=2, line=5), Place(sheet="Plan", cell="B7")])
        ),
        footnotes=draw(st.lists(st.just("16"), max_size=1)),
    )


@given(plans())
def test_a_plan_that_is_written_and_read_is_equal_as_data(plan: PlanDocument) -> None:
    loaded, findings = planfile.load(planfile.dump(plan))
    assert loaded == plan
    assert findings == []


@given(plans())
def test_writing_is_stable(plan: PlanDocument) -> None:
    written = planfile.dump(plan)
    assert planfile.dump(planfile.load(written)[0]) == written


def test_what_was_read_from_a_document_goes_through_the_file() -> None:
    plan = read_bytes(as_tabs(one_row_each(ENGLISH)), "plan.txt").plan
    loaded, _ = planfile.load(planfile.dump(plan))
    assert [d.number for d in loaded.deliverables()] == [d.number for d in plan.deliverables()]
    assert [d.target for d in loaded.deliverables()] == [d.target for d in plan.deliverables()]


def test_an_unnamed_action_of_ours_goes_through_the_file() -> None:
    plan = read_bytes(b"Deliverable\tDeadline\nA list of oaks\t2024\n", "plan.txt").plan
    loaded, _ = planfile.load(planfile.dump(plan))
    assert loaded.pillars[0].actions[0].number_is_internal


def test_a_guessed_field_is_marked_for_checking() -> None:
    deliverable = Deliverable(number="1.1.1", text=Text.of("Words", "en"), target=Target(Decimal(3)))
    deliverable.sources["target"] = Source(
        Place(line=1), "three", Certainty.GUESSED, "a count of who is reached"
    )
    action = Action(number="1.1", text=Text.of("Words", "en"), deliverables=[deliverable])
    plan = PlanDocument(
        header=Header(language="en"), pillars=[Pillar(number="1", title=Text.of("T", "en"), actions=[action])]
    )
    assert "# Please check “target”: guessed (a count of who is reached)." in planfile.dump(plan)


HEAD = (
    "suivi: 1\nlanguage: en\npillars:\n  - number: '1'\n    title: T\n"
    "    actions:\n      - number: '1.1'\n        text: A\n"
)


@pytest.mark.parametrize(
    ("file", "line", "code"),
    [
        (
            HEAD + "        deliverables:\n          - number: '1.1.1'\n            txt: B\n",
            11,
            "plan-file-unknown",
        ),
        (HEAD + "      - number: '1.1'\n        text: B\n", 9, "plan-file-number-twice"),
        (
            HEAD
            + "        deliverables:\n          - number: '1.1.1'\n            text: B\n"
            + "            ends: 31/12/2023\n",
            12,
            "plan-file-value",
        ),
        (
            HEAD
            + "        deliverables:\n          - number: '1.1.1'\n            text: B\n"
            + "            starts: 2024-01-01\n            ends: 2023-12-31\n",
            13,
            "plan-file-window",
        ),
        (HEAD + "        links: [nowhere]\n", 9, "plan-file-link"),
        (HEAD + "        text: again\n", 9, "plan-file-twice"),
        ("- a\n- b\n", 1, "plan-file-shape"),
        (HEAD + "      - number: '1.2'\n", 9, "plan-file-no-text"),
        (HEAD + "        deliverables: none\n", 9, "plan-file-shape"),
        (HEAD.replace("language: en", "language: klingon"), 2, "plan-file-value"),
    ],
)
def test_a_broken_file_is_refused_whole_with_the_line(file: str, line: int, code: str) -> None:
    plan, findings = planfile.parse(file)
    assert plan is None
    assert (code, line) in [(finding.code, finding.place.line) for finding in findings]
    with pytest.raises(InputRefused):
        planfile.load(file)


def test_a_single_error_is_not_said_in_the_plural() -> None:
    with pytest.raises(InputRefused, match="has an error on line 9: “nowhere” is no link"):
        planfile.load(HEAD + "        links: [nowhere]\n")


def test_an_unknown_name_comes_with_the_nearest_known_one() -> None:
    _, findings = planfile.parse(HEAD + "        deliverabels: []\n")
    assert "deliverables" in str(findings[0].hint)


@pytest.mark.parametrize(
    "file",
    [
        "",
        "a: [",
        "a: &x [1]\nb: *x\n",
        "a: !!python/object:os.system {}\n",
        "suivi: !!str 1\n",
        "[" * 200 + "]" * 200,
        "a: 1\n---\nb: 2\n",
        "\x00",
    ],
)
def test_what_is_no_plain_yaml_is_refused_in_one_line(file: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        planfile.load(file)
    assert "\n" not in str(refusal.value)


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused(text: str) -> None:
    with suppress(InputRefused):
        planfile.load(text)
