"""The three invented decisions and the editions they make."""

from copy import deepcopy
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from suivi.demonstration.data_files import read, read_text, text
from suivi.demonstration.story import Story
from suivi.documents import planfile
from suivi.documents.model import Deliverable, PlanDocument, Target
from suivi.plan.commands import DecisionGiven, load_plan, publish_plan


def tell_editions(story: Story) -> None:
    """The adoption, and each later decision as changes to the edition before."""
    data = read("decisions.yaml")
    document, _findings = planfile.load(read_text("plan.yaml"))
    for edition in data["editions"]:
        document = deepcopy(document)
        for change in edition["changes"]:
            _CHANGES[change["kind"]](document, change)
        story.tell(
            edition["decision"]["decided_on"], partial(_adopt, document, edition["decision"], data["public"])
        )


def _adopt(document: PlanDocument, decision: dict[str, Any], is_public: bool, now: datetime) -> None:
    loaded = load_plan(
        by=None,
        now=now,
        document=document,
        decision=DecisionGiven(
            decided_on=decision["decided_on"],
            body=decision["body"],
            session=decision["session"],
            symbol=decision["symbol"],
            paragraph=decision["paragraph"],
            text=text(decision["text"]),
        ),
        source_name="plan.yaml",
    )
    publish_plan(by=None, now=now, plan=loaded.edition.plan, is_public=is_public)


def _find(document: PlanDocument, number: str) -> Deliverable:
    return next(one for one in document.deliverables() if one.number == number)


def _reword(document: PlanDocument, change: dict[str, Any]) -> None:
    deliverable = _find(document, change["number"])
    deliverable.text = text(change["text"])
    if "title" in change:
        deliverable.title = text(change["title"])


def _extend(document: PlanDocument, change: dict[str, Any]) -> None:
    deliverable = _find(document, change["number"])
    deliverable.window, deliverable.ends_on = change["window"], change["ends"]


def _retarget(document: PlanDocument, change: dict[str, Any]) -> None:
    _find(document, change["number"]).target = Target(Decimal(change["target"]), text(change["unit"]))


def _drop(document: PlanDocument, change: dict[str, Any]) -> None:
    for action in document.actions():
        action.deliverables = [d for d in action.deliverables if d.number != change["number"]]


def _add(document: PlanDocument, change: dict[str, Any]) -> None:
    data = change["deliverable"]
    action = next(one for one in document.actions() if one.number == change["action"])
    action.deliverables.append(
        Deliverable(
            number=data["number"],
            number_is_internal=data.get("internal", False),
            title=text(data["title"]),
            text=text(data["text"]),
            window=data["window"],
            starts_on=data["starts"],
            ends_on=data["ends"],
        )
    )


_CHANGES = {"reword": _reword, "extend": _extend, "retarget": _retarget, "drop": _drop, "add": _add}
