"""Writing the texts of an edition in other languages, and the short titles, which are not adopted."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from django.db import models, transaction

from suivi.core.commands import write_audit, write_row
from suivi.core.models import Account
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.plan.commands.edition_rows import folded
from suivi.plan.models import ActionEdition, DeliverableEdition, Edition, PillarEdition, Strand
from suivi.values.errors import RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

Translatable: TypeAlias = Edition | PillarEdition | ActionEdition | DeliverableEdition | Strand

TRANSLATABLE: dict[type[models.Model], tuple[str, ...]] = {
    Edition: ("title",),
    PillarEdition: ("title",),
    ActionEdition: ("title", "text"),
    DeliverableEdition: ("title", "text", "target_unit"),
    Strand: ("name",),
}


@transaction.atomic
def translate(
    *, by: Account | None, now: datetime, row: Translatable, field_name: str, language: str, text: str
) -> None:
    """Write a text of an edition in another language; empty words take the translation away.

    The adopted wording itself cannot be touched.
    """
    edition = edition_of(row)
    require(by, Permission.TRANSLATE_PLAN, [edition.plan.scope_id], now=now)
    if field_name not in TRANSLATABLE[type(row)]:
        raise RuleBroken(gettext_noop("%(field)s is not a text to translate."), {"field": field_name})
    old: Text = getattr(row, field_name)
    if language == old.original and not is_short_title(row, field_name):
        raise RuleBroken(
            gettext_noop("This is the wording as adopted; only a decision of the body changes it."),
            hint=gettext_noop("Ask for a rewording, or write another language."),
        )
    author = by.name if by else ""
    words = " ".join(text.split())
    fresh = (
        old.with_version(language, words, by=author, at=now.isoformat()) if words else old.without(language)
    )
    setattr(row, field_name, fresh)
    if isinstance(row, DeliverableEdition):
        row.folded = folded(row.number, row.title, row.text)
    write_row(row)
    write_audit(
        by=by,
        now=now,
        verb="translate_text",
        on=row,
        plan_slug=edition.plan.slug,
        details={"field": field_name, "language": language},
    )


@transaction.atomic
def translate_texts(
    *,
    by: Account | None,
    now: datetime,
    wordings: Mapping[tuple[Translatable, str, str], str],
) -> int:
    """Write several texts at once, all or none: (row, field, language) to words. Gives how many."""
    for (row, field_name, language), text in wordings.items():
        translate(by=by, now=now, row=row, field_name=field_name, language=language, text=text)
    return len(wordings)


def edition_of(row: Translatable) -> Edition:
    """The edition a text stands in."""
    if isinstance(row, Edition):
        return row
    return row.deliverable.edition if isinstance(row, Strand) else row.edition


def is_short_title(row: Translatable, field_name: str) -> bool:
    """Whether the text is a short title of ours, which no body adopted."""
    return field_name == "title" and isinstance(row, ActionEdition | DeliverableEdition)
