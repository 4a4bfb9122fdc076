import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

import suivi
from suivi.core.commands import write_audit
from suivi.core.models import AuditEntry
from suivi.plan.commands import change_milestone, set_accountable, set_resource
from suivi.plan.models import Milestone
from suivi.web.audit_names import names_in
from suivi.web.audit_sentences import ANY_CHANGE, SENTENCES, sentence_for
from suivi.web.audit_words import in_words
from tests.cast import DAY, NOW, Cast, at

SOURCE = Path(suivi.__file__).parent


def _verbs_of_commands() -> Iterator[str]:
    """Every name that a command writes into the trail, found in the code itself."""
    for path in [*SOURCE.rglob("commands.py"), *SOURCE.rglob("commands/*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "id", "")
            if name == "write_audit":
                given = [k.value for k in call.keywords if k.arg == "verb"]
            elif name in {"note_on", "_audit", "_write_state"}:
                given = list(call.args)
            elif name == "note_step":
                given = call.args[2:3]
            else:
                continue
            yield from (v.value for v in given if isinstance(v, ast.Constant) and isinstance(v.value, str))


@pytest.mark.parametrize("verb", sorted({v for v in _verbs_of_commands() if "_" in v}))
def test_every_command_has_its_sentence(verb: str) -> None:
    details = {"kind": "staff", "state": "accepted"} if verb in {"set_resource", "answer_request"} else {}
    assert sentence_for(verb, details) != ANY_CHANGE


def test_every_sentence_names_the_person() -> None:
    nameless = [key for key, sentence in SENTENCES.items() if "%(person)s" not in sentence]
    assert nameless == ["speak"]  # whoever speaks has no account


def _sentences(day: date = DAY) -> list[str]:
    entries = list(AuditEntry.objects.filter(at__gte=NOW))
    return [
        change.sentence for found in in_words(entries, names_in(entries, day)) for change in found.changes
    ]


def test_the_same_done_to_several_deliverables_is_one_sentence(cast: Cast) -> None:
    set_accountable(
        by=cast.plan_manager,
        now=NOW,
        deliverables=[cast.deliverable(key) for key in ("1.1.1", "1.1.2", "1.2.1")],
        unit=cast.island,
        starts_on=DAY,
    )
    (sentence,) = _sentences()
    assert "Mara Plane made" in sentence
    assert "Isle of Skerra" in sentence
    assert all(f"/harbour-plan/deliverables/{key}" in sentence for key in ("1.1.1", "1.1.2", "1.2.1"))
    assert "15 February 2023" in sentence


def test_one_deliverable_is_named_by_its_short_title(cast: Cast) -> None:
    set_accountable(
        by=cast.plan_manager, now=NOW, deliverables=[cast.deliverable("1.1.1")], unit=None, starts_on=DAY
    )
    (sentence,) = _sentences()
    assert "Lanterns on every quay</a> without an accountable unit" in sentence


def test_a_milestone_noted_as_done_says_the_day(cast: Cast) -> None:
    milestone = Milestone.objects.get(deliverable=cast.deliverable("1.1.1"), key="m1")
    state = milestone.states.get()
    change_milestone(
        by=cast.focal_point,
        now=NOW,
        milestone=milestone,
        title=state.title,
        due_on=state.due_on,
        done_on=date(2023, 2, 10),
        owner_unit=cast.island,
    )
    (sentence,) = _sentences()
    assert "“First five lanterns lit” as done on 10 February 2023" in sentence


def test_an_amount_that_is_not_known_is_said_to_be_unknown(cast: Cast) -> None:
    set_resource(
        by=None,
        now=NOW,
        deliverable=cast.deliverable("1.1.1"),
        kind="staff",
        planned=None,
        secured=2,
    )
    (sentence,) = _sentences()
    assert "unknown person-months planned, 2 secured" in sentence
    assert "The command line" in sentence


def test_hostile_words_of_the_record_are_escaped(cast: Cast) -> None:
    write_audit(
        by=cast.focal_point,
        now=NOW,
        verb="change_milestone",
        on=cast.deliverable("1.1.1"),
        key="<b>gone</b>",
        plan_slug=cast.plan.slug,
        details={"milestone": "<script>alert(1)</script>", "due": "2023-03-01"},
    )
    (sentence,) = _sentences()
    assert "<script>" not in sentence
    assert "<b>" not in sentence


def test_units_are_called_as_on_the_day_looked_at(cast: Cast) -> None:
    set_accountable(
        by=None, now=NOW, deliverables=[cast.deliverable("1.2.1")], unit=cast.headquarters, starts_on=DAY
    )
    with translation.override("fr"):
        (sentence,) = _sentences()
    assert "Bureau des phares" in sentence


def test_the_placeholders_of_all_sentences_are_filled(cast: Cast) -> None:
    for verb in SENTENCES:
        write_audit(
            by=None, now=at(2023, 2, 15), verb=verb.partition(".")[0], on=cast.plan, plan_slug=cast.plan.slug
        )
    assert len(_sentences()) > 20
    assert all("%(" not in sentence for sentence in _sentences())
