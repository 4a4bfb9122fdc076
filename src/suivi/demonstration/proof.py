"""The invented evidence: added with its first use, and one piece taken back."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from suivi.core.models import Account
from suivi.demonstration.cast import account
from suivi.demonstration.data_files import read
from suivi.demonstration.evidence_files import file_of
from suivi.demonstration.story import Story
from suivi.monitoring.commands.evidence import add_file, add_link, withdraw_evidence
from suivi.monitoring.models import Evidence
from suivi.organisation.models import Unit
from suivi.plan.models import Plan

Keys = dict[str, UUID]  # of the data file to that of the record, for what was added so far


def tell_withdrawals(story: Story, keys: Keys) -> None:
    """Content that was taken back."""
    for key, said in read("evidence.yaml")["evidence"].items():
        if "withdrawn" in said:
            story.tell(said["withdrawn"]["day"], partial(_withdraw, keys, key, said["withdrawn"]))


def add_evidence(
    wanted: Iterable[str], keys: Keys, *, by: Account, now: datetime, plan: Plan, unit: Unit
) -> None:
    """Add what is wanted and not there yet, as the unit's own."""
    for key in wanted:
        if key not in keys:
            keys[key] = _add(key, by, plan, unit, now).key


def _add(key: str, by: Account, plan: Plan, unit: Unit, now: datetime) -> Evidence:
    said = read("evidence.yaml")["evidence"][key]
    shared: dict[str, Any] = {
        "by": by,
        "now": now,
        "plan": plan,
        "unit": unit,
        "title": said["title"],
        "classification": said.get("class", "internal"),
        "shows_persons": "persons" in said,
        "consent": said.get("persons", ""),
    }
    if said["as"] == "link":
        return add_link(url=said["url"], **shared)
    name, data = file_of(key, said, by.language)
    return add_file(data=data, file_name=name, **shared)


def _withdraw(keys: Keys, key: str, said: dict[str, Any], now: datetime) -> None:
    evidence = Evidence.objects.get(key=keys[key])
    withdraw_evidence(by=account(said["by"]), now=now, evidence=evidence, reason=said["reason"])
