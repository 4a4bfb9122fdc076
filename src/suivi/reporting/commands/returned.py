"""Taking what was changed in Word into the sections of a paper."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from suivi.core.models import Account
from suivi.reporting.commands.sections import latest_version, write_section
from suivi.reporting.models import Origin, PaperSection, SectionVersion
from suivi.reporting.returned import Returned, revised_section


@dataclass(frozen=True)
class Taken:
    """What came of the changes that somebody agreed to, by their numbers.

    `overtaken`: their sections were rewritten meanwhile, so that they could not be made.
    """

    versions: tuple[SectionVersion, ...]
    made: frozenset[int]
    already: frozenset[int]
    overtaken: frozenset[int]


@transaction.atomic
def take_returned(
    *, by: Account | None, now: datetime, returned: Returned, numbers: Collection[int]
) -> Taken:
    """Write the sections anew with these changes, all or none. Taking the same file again writes nothing.

    Raises NotAllowed where one of the sections is not the account's to write, RuleBroken for a paper that
    stands still.
    """
    versions: list[SectionVersion] = []
    made: set[int] = set()
    already: set[int] = set()
    overtaken: set[int] = set()
    chosen = (one for one in returned.found.offered if one.number in numbers and one.passage)
    keys = dict.fromkeys(one.passage.section for one in chosen if one.passage)
    for key in keys:
        shown = returned.versions[key]
        section = PaperSection.objects.select_related("paper__plan").get(pk=shown.section_id)
        current = latest_version(section, shown.language)
        revised = revised_section(returned, key, current.text if current else "", numbers)
        made |= revised.made
        already |= revised.already
        overtaken |= revised.overtaken
        if revised.made and current is not None:
            version = write_section(
                by=by,
                now=now,
                section=section,
                language=shown.language,
                text=revised.text,
                over=current.pk,
                origin=Origin.WORD,
                # Words mended in a translation are not a new translation of what the original says now.
                source_digest=current.source_digest,
            )
            versions.append(version)
    return Taken(tuple(versions), frozenset(made), frozenset(already), frozenset(overtaken))
