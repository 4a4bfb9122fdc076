"""The sections of a paper: who writes and clears them, what is written, which examples stand in them."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from suivi.core.commands import write_row
from suivi.core.models import Account
from suivi.monitoring.models import Consent, ProgressUpdate, UpdateState, Voice
from suivi.organisation.queries import require
from suivi.organisation.rules import Permission
from suivi.reporting.commands.trail import note_on_section, open_section, section_before_issue
from suivi.reporting.models import Example, Origin, PaperSection, SectionVersion
from suivi.reporting.quoted import Figures
from suivi.reporting.rights import require_clearing, require_writing
from suivi.values.errors import ChangedMeanwhile, NotFound, RuleBroken
from suivi.values.messages import gettext_noop
from suivi.values.text import digest_of


@transaction.atomic
def assign_section(
    *,
    by: Account | None,
    now: datetime,
    section: PaperSection,
    writer: Account | None,
    clearer: Account | None,
    write_by: date | None = None,
    clear_by: date | None = None,
) -> PaperSection:
    """Say who writes a section and who clears it, by when. They are two people."""
    require(by, Permission.WRITE_PAPER, [section.paper.plan.scope_id], now=now)
    section = open_section(section)
    if writer is not None and writer == clearer:
        raise RuleBroken(
            gettext_noop("%(person)s would clear their own words."),
            {"person": writer.name},
            gettext_noop("Choose somebody else to clear the section."),
        )
    section.writer, section.clearer = writer, clearer
    section.write_by, section.clear_by = write_by, clear_by
    write_row(section)
    note_on_section(section, "assign_section", by, now)
    return section


@transaction.atomic
def write_section(
    *,
    by: Account | None,
    now: datetime,
    section: PaperSection,
    language: str,
    text: str,
    over: int | None,
    origin: str = Origin.PAGE,
    source_digest: str | None = None,
) -> SectionVersion:
    """Write a section in a language; what stood there stays on record.

    `over` is the version (primary key) that was in front of the writer, None for none. `source_digest` is
    that of the original wording a translation was made from; by default the one that stands there now.
    Translations are taken until the paper is issued, the original until it is frozen.
    Raises ChangedMeanwhile where another version was written since: nothing is written over it.
    """
    require_writing(by, section, language, now)
    is_original = language == section.paper.original_language
    section = open_section(section) if is_original else section_before_issue(section)
    if language not in dict(settings.LANGUAGES):
        raise NotFound(gettext_noop("There is no report in “%(language)s”."), {"language": language})
    before = latest_version(section, language)
    if (before.pk if before else None) != over:
        raise ChangedMeanwhile(
            gettext_noop("Somebody else wrote in this section after you opened it."),
            hint=gettext_noop("Nothing is lost: bring the two texts together below, then save."),
        )
    lines = text.strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = "\n".join(line.rstrip() for line in lines)
    if source_digest is None:
        source_digest = _digest_of_original(section, language)
    if before is not None and (before.text, before.source_digest) == (written, source_digest):
        return before
    version = SectionVersion(
        section=section,
        language=language,
        text=written,
        source_digest=source_digest,
        origin=origin,
        written_at=now,
        written_by=by,
    )
    write_row(version)
    note_on_section(section, "write_section", by, now, language=language)
    return version


@transaction.atomic
def clear_section(
    *, by: Account | None, now: datetime, section: PaperSection, language: str, version: int
) -> SectionVersion:
    """Clear the words that were read (`version`, a primary key), with what their figures say today.

    In a frozen paper that is what they say on its days.
    """
    require_clearing(by, section, now)
    section = section_before_issue(section)
    found = latest_version(section, language)
    if found is None or not found.text:
        raise RuleBroken(
            gettext_noop("Nothing is written here yet."), hint=gettext_noop("Write the section first.")
        )
    if found.pk != version:
        raise ChangedMeanwhile(
            gettext_noop("Somebody wrote in this section after you opened it."),
            hint=gettext_noop("Read what stands there now, then clear it."),
        )
    if by is not None and found.written_by_id == by.pk:
        raise RuleBroken(
            gettext_noop("Nobody clears what they wrote."),
            hint=gettext_noop("Ask somebody else to clear it."),
        )
    figures = Figures(section.paper, timezone.localdate(now))
    if unknown := figures.unknown_in(found.text, language):
        raise RuleBroken(
            gettext_noop("The section quotes what is no figure: %(names)s."),
            {"names": ", ".join(unknown)},
            gettext_noop("Correct the names; the list beside the text has those there are."),
        )
    found.cleared_at, found.cleared_by = now, by
    found.figures = figures.to_keep(found.text, language)
    write_row(found, fields=["cleared_at", "cleared_by", "figures"])
    note_on_section(section, "clear_section", by, now, language=language)
    return found


@transaction.atomic
def choose_example(
    *,
    by: Account | None,
    now: datetime,
    section: PaperSection,
    update: ProgressUpdate | None = None,
    voice: Voice | None = None,
) -> Example:
    """Choose an approved update marked public, or a statement that may be quoted, for a section."""
    require_writing(by, section, section.paper.original_language, now)
    section = open_section(section)
    _refuse_example(section, update, voice)
    found: Example | None = section.examples.filter(update_row=update, voice=voice, dropped_at=None).first()
    if found is not None:
        return found
    last = section.examples.aggregate(last=Max("position"))["last"] or 0
    example = Example(
        section=section, position=last + 1, update_row=update, voice=voice, chosen_at=now, chosen_by=by
    )
    write_row(example)
    note_on_section(section, "choose_example", by, now)
    return example


@transaction.atomic
def drop_example(*, by: Account | None, now: datetime, example: Example) -> None:
    """Take an example out of a section; reports of earlier days keep it."""
    require_writing(by, example.section, example.section.paper.original_language, now)
    section = open_section(example.section)
    if example.dropped_at is not None:
        return
    example.dropped_at = now
    example.save(update_fields=["dropped_at"])
    note_on_section(section, "drop_example", by, now)


def latest_version(section: PaperSection, language: str) -> SectionVersion | None:
    """What stands in a section in a language now."""
    return section.versions.filter(language=language).order_by("-written_at", "-pk").first()


def _digest_of_original(section: PaperSection, language: str) -> str:
    if language == section.paper.original_language:
        return ""
    original = latest_version(section, section.paper.original_language)
    return digest_of(original.text) if original else ""


def _refuse_example(section: PaperSection, update: ProgressUpdate | None, voice: Voice | None) -> None:
    if update is not None:
        is_public = update.state == UpdateState.APPROVED and update.is_public
        if update.plan_id != section.paper.plan_id or not is_public:
            raise RuleBroken(
                gettext_noop("Only an approved update whose words may be shown in public is an example."),
                hint=gettext_noop("Choose one of the list, or ask the unit to mark it as public."),
            )
    if voice is not None:
        plan = voice.invitation.deliverable.plan_id
        if plan != section.paper.plan_id or voice.consent == Consent.NONE:
            raise RuleBroken(
                gettext_noop("Who said this does not want to be quoted."),
                hint=gettext_noop("Choose another statement."),
            )
