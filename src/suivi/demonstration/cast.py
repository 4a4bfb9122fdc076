"""The invented organisation: units, people, roles, stakeholders, frameworks."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password

from suivi.core.commands import create_account
from suivi.core.models import Account
from suivi.demonstration.accounts import PASSWORD, demonstration_accounts
from suivi.demonstration.data_files import read, text
from suivi.demonstration.kept import kept
from suivi.demonstration.story import Story
from suivi.frameworks.commands import describe_edition, describe_item
from suivi.organisation.commands import (
    add_stakeholder,
    add_unit,
    close_unit,
    grant_role,
    name_deputy,
    rename_unit,
)
from suivi.organisation.models import Scope, Unit
from suivi.plan.models import Plan

# Before the plan was adopted: the organisation is older than the record.
FIRST_DAY = date(2021, 1, 4)


def unit(key: str | None) -> Unit | None:
    return None if key is None else unit_named(key)


@kept
def unit_named(key: str) -> Unit:
    """The unit with this key, which is there."""
    return Unit.objects.get(key=key)


def account(key: str | None) -> Account | None:
    """The account of a person of the data files."""
    return None if key is None else person(key)


@kept
def person(key: str) -> Account:
    """The account of a person of the data files, who is there."""
    return Account.objects.get(
        email=next(p["email"] for p in read("people.yaml")["people"] if p["key"] == key)
    )


def tell_organisation(story: Story) -> None:
    """Units with their names through time, then people, then those outside and the frameworks."""
    for data in read("units.yaml")["units"]:
        story.tell(FIRST_DAY, partial(_add_unit, data))
        for version in data["versions"][1:]:
            story.tell(version["starts_on"], partial(_rename_unit, data["key"], version))
        if data.get("ends_on"):
            story.tell(data["ends_on"], partial(_close_unit, data))
    shown = {one.email for one in demonstration_accounts()}
    for one in read("people.yaml")["people"]:
        story.tell(FIRST_DAY, partial(_add_person, one, one["email"] in shown))
    for stakeholder in read("management.yaml")["stakeholders"]:
        story.tell(FIRST_DAY, partial(_add_stakeholder, stakeholder))
    for edition in read("frameworks.yaml")["editions"]:
        story.tell(FIRST_DAY, partial(_describe_framework, edition))


def tell_roles(story: Story) -> None:
    """Roles are given on their first day; those for the plan need the plan to be there."""
    adopted_on = read("decisions.yaml")["editions"][0]["decision"]["decided_on"]
    for one in read("people.yaml")["people"]:
        for role in one["roles"]:
            first = role.get("starts_on", FIRST_DAY)
            story.tell(max(first, adopted_on), partial(_grant, one["key"], role))


def tell_deputies(story: Story) -> None:
    """Who is away, and who acts meanwhile with the roles of the one who is away."""
    for absence in read("people.yaml")["absences"]:
        story.tell(absence["recorded_on"], partial(_name_deputy, absence))


def _add_unit(data: dict[str, Any], now: datetime) -> None:
    first = data["versions"][0]
    add_unit(
        by=None,
        now=now,
        key=data["key"],
        kind=data["kind"],
        name=text(first["name"]),
        short_name=first["short_name"],
        parent=unit(first.get("parent")),
        starts_on=data.get("starts_on"),
    )


def _rename_unit(key: str, version: dict[str, Any], now: datetime) -> None:
    rename_unit(
        by=None,
        now=now,
        unit=unit_named(key),
        name=text(version["name"]),
        short_name=version["short_name"],
        parent=unit(version.get("parent")),
        starts_on=version["starts_on"],
    )


def _close_unit(data: dict[str, Any], now: datetime) -> None:
    close_unit(
        by=None,
        now=now,
        unit=unit_named(data["key"]),
        ends_on=data["ends_on"],
        successors=Unit.objects.filter(key__in=data.get("successors", [])),
    )


def _add_person(said: dict[str, Any], can_sign_in: bool, now: datetime) -> None:
    added = create_account(
        by=None, now=now, email=said["email"], name=said["name"], language=said["language"]
    )
    if can_sign_in:
        added.password = _hashed(PASSWORD)
        added.save(update_fields=["password"])


# The one password that everybody knows is made hard to guess once, not once for each of them.
_hashed = kept(make_password)


def _add_stakeholder(data: dict[str, Any], now: datetime) -> None:
    add_stakeholder(by=None, now=now, key=data["key"], kind=data["kind"], name=text(data["name"]))


def _describe_framework(data: dict[str, Any], now: datetime) -> None:
    edition = describe_edition(
        by=None,
        now=now,
        code=data["code"],
        name=text(data["name"]),
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
    )
    for item in data["items"]:
        describe_item(
            by=None, now=now, edition=edition, code=item["code"], kind=item["kind"], title=text(item["title"])
        )


def _name_deputy(absence: dict[str, Any], now: datetime) -> None:
    away = person(absence["person"])
    name_deputy(
        by=away,
        now=now,
        account=away,
        deputy=account(absence["in_charge"]),
        kind="officer_in_charge",
        starts_on=absence["starts_on"],
        ends_on=absence["ends_on"],
    )


def _grant(key: str, role: dict[str, Any], now: datetime) -> None:
    grant_role(
        by=None,
        now=now,
        account=person(key),
        role=role["role"],
        scope=_scope(role),
        starts_on=role.get("starts_on"),
        ends_on=role.get("ends_on"),
    )


def _scope(role: dict[str, Any]) -> Scope | None:
    if "unit" in role:
        return unit_named(role["unit"]).scope
    if "plan" in role:
        return Plan.objects.get(slug=role["plan"]).scope
    return None
