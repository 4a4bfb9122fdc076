"""Changes to results frameworks. They are reference data: kept by code, corrected in place."""

from datetime import date, datetime

from django.db import transaction

from suivi.core.commands import write_audit
from suivi.core.models import Account
from suivi.frameworks.models import FrameworkEdition, FrameworkItem, ItemKind
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.values.text import Text


@transaction.atomic
def describe_edition(
    *,
    by: Account | None,
    now: datetime,
    code: str,
    name: Text,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> FrameworkEdition:
    """Add an edition of a framework, or say more about one that a plan has cited."""
    require(by, Permission.ADOPT_EDITION, now=now)
    edition, _created = FrameworkEdition.objects.update_or_create(
        code=code, defaults={"name": name, "starts_on": starts_on, "ends_on": ends_on}
    )
    write_audit(by=by, now=now, verb="describe_framework_edition", on=edition, key=code)
    return edition


@transaction.atomic
def describe_item(
    *, by: Account | None, now: datetime, edition: FrameworkEdition, code: str, kind: str, title: Text
) -> FrameworkItem:
    """Add an outcome, output or indicator, or say more about one that a plan has cited."""
    require(by, Permission.ADOPT_EDITION, now=now)
    item, _created = FrameworkItem.objects.update_or_create(
        edition=edition, code=code, defaults={"kind": ItemKind(kind), "title": title}
    )
    write_audit(by=by, now=now, verb="describe_framework_item", on=item, key=str(item))
    return item


def cite_edition(code: str, language: str) -> FrameworkEdition:
    """The edition a plan cites, made known if it is new; within the command that loads the plan."""
    return FrameworkEdition.objects.get_or_create(code=code, defaults={"name": Text.of("", language)})[0]


def cite_item(edition: FrameworkEdition, code: str, title: Text) -> FrameworkItem:
    """The item a plan cites, made known if it is new; a title fills only an empty one."""
    item, _created = FrameworkItem.objects.get_or_create(
        edition=edition, code=code, defaults={"title": title}
    )
    if title and not item.title:
        item.title = title
        item.save(update_fields=["title"])
    return item
