"""The demonstration states the facts of the public plan it is modelled on, and tells a story by days."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from suivi.core.models import AuditEntry
from suivi.demonstration.accounts import demonstration_accounts
from suivi.demonstration.data_files import read, read_text
from suivi.demonstration.load import load_demonstration
from suivi.documents import planfile
from suivi.organisation.queries import unit_tree
from suivi.organisation.rules import ROLES
from suivi.plan.models import Plan, Responsibility
from suivi.plan.queries import Parts, deliverables_on, document_of, edition_on, rows_of
from suivi.plan.rules import Gap
from tests.demonstration.days import OPENING_DAY


def test_plan_file_has_the_shape_of_the_public_plan() -> None:
    plan, findings = planfile.load(read_text("plan.yaml"))
    deliverables = list(plan.deliverables())
    assert findings == []
    assert (len(plan.pillars), len(list(plan.actions())), len(deliverables)) == (4, 15, 32)
    assert Counter(str(d.ends_on) for d in deliverables) == {"2023-12-31": 16, "2025-12-31": 16}
    assert [int(d.target.value) for d in deliverables if d.target] == [10, 20, 3, 2, 4]


@pytest.mark.reference
def test_facts_are_those_of_the_public_plan(reference_dir: Path) -> None:
    expected = json.loads((reference_dir / "plan" / "gb341-pol-4-fr.expected.json").read_text())
    plan, _findings = planfile.load(read_text("plan.yaml"))
    theirs = [d for p in expected["pillars"] for a in p["actions"] for d in a["deliverables"]]
    ours = list(plan.deliverables())
    assert [(d.number, str(d.starts_on), str(d.ends_on)) for d in ours] == [
        (d["id"], d["starts"], d["ends"]) for d in theirs
    ]
    assert [d.target and int(d.target.value) for d in ours] == [d["target"] for d in theirs]
    links = [[_general(link.key) for link in action.links] for action in plan.actions()]
    assert links == [[_general(key) for key in a["links"]] for p in expected["pillars"] for a in p["actions"]]


def _general(key: str) -> str:
    """The strategy has an invented symbol of its own."""
    return "doc" if key.startswith("doc:") else key


@pytest.mark.reference
def test_no_sentence_of_the_public_plan_is_copied(reference_dir: Path) -> None:
    expected = json.loads((reference_dir / "plan" / "gb341-pol-4-fr.expected.json").read_text())
    plan, _findings = planfile.load(read_text("plan.yaml"))
    ours = " ".join(d.text.plain()["fr"] for d in plan.deliverables()).lower().split()
    runs = {tuple(ours[i : i + 8]) for i in range(len(ours) - 7)}
    for pillar in expected["pillars"]:
        for action in pillar["actions"]:
            for deliverable in action["deliverables"]:
                theirs = deliverable["text"].lower().split()
                assert not runs & {tuple(theirs[i : i + 8]) for i in range(len(theirs) - 7)}


def test_every_text_stands_in_three_languages() -> None:
    plan, _findings = planfile.load(read_text("plan.yaml"))
    texts = [p.title for p in plan.pillars] + [a.text for a in plan.actions()]
    texts += [t for d in plan.deliverables() for t in (d.text, d.title) if t]
    assert all(set(text.plain()) == {"en", "fr", "es"} for text in texts)


def test_short_titles_can_be_scanned() -> None:
    plan, _findings = planfile.load(read_text("plan.yaml"))
    titles = [w for d in plan.deliverables() if d.title for w in d.title.plain().values()]
    assert len(titles) == 96
    assert max(map(len, titles)) <= 60


def test_loading_twice_doubles_nothing(plan: Plan) -> None:
    before = (Responsibility.objects.count(), AuditEntry.objects.count())
    assert load_demonstration() is False
    assert (Responsibility.objects.count(), AuditEntry.objects.count()) == before


def test_first_edition_is_the_plan_file(plan: Plan) -> None:
    document, _findings = planfile.load(read_text("plan.yaml"))
    assert document_of(plan.editions.get(number=1)) == document


@pytest.mark.parametrize(
    ("day", "edition", "without_accountable", "without_responsible"),
    [
        (date(2022, 6, 30), 1, ["3.3.2"], ["4.2.3"]),
        (OPENING_DAY, 2, ["1.3.2", "3.3.2", "4.4.2"], ["4.2.3"]),
        (date(2023, 3, 17), 3, ["1.3.2", "3.3.2", "4.4.2", "4.4.3"], ["4.2.3", "4.4.3"]),
    ],
)
def test_each_day_shows_its_own_gaps(
    plan: Plan, day: date, edition: int, without_accountable: list[str], without_responsible: list[str]
) -> None:
    in_force = edition_on(plan, day)
    assert in_force is not None
    found = deliverables_on(day, rows_of(in_force), Parts.RESPONSIBILITIES)
    assert in_force.number == edition
    assert [one.row.number for one in found if Gap.NO_ACCOUNTABLE in one.gaps] == without_accountable
    assert [one.row.number for one in found if Gap.NO_RESPONSIBLE in one.gaps] == without_responsible


def test_plan_was_not_there_before_its_adoption(plan: Plan) -> None:
    assert edition_on(plan, date(2021, 3, 19)) is None


def test_opening_day_has_late_milestones_and_an_internal_day(plan: Plan) -> None:
    edition = edition_on(plan, OPENING_DAY)
    assert edition is not None
    found = deliverables_on(OPENING_DAY, rows_of(edition), Parts.ALL)
    internal = {one.row.number: one.internal_end_on for one in found if one.internal_end_on}
    assert sum(len(one.late_steps) for one in found) == 12
    assert internal == {"2.3.1": date(2024, 6, 30)}
    assert all(one.row.ends_on and one.row.ends_on > OPENING_DAY for one in found)  # no window has closed


def test_renamed_unit_keeps_its_earlier_name_on_earlier_days(plan: Plan) -> None:
    names = [unit_tree(day).by_key["cooperation"].short_name for day in (date(2022, 6, 30), date(2022, 7, 1))]
    assert names == ["ALFIS", "GLOCO"]


def test_all_units_and_people_say_that_they_are_invented() -> None:
    notice = read("units.yaml")["organisation"]["notice"]
    assert set(notice) == {"en", "fr", "es"}
    assert all(person["email"].endswith("@example.org") for person in read("people.yaml")["people"])


def test_shown_accounts_have_a_role_and_something_to_look_at() -> None:
    accounts = demonstration_accounts()
    assert accounts[0].role == "plan_manager"
    assert all(one.role in ROLES and set(one.look_at.plain()) == {"en", "fr", "es"} for one in accounts)
