"""Taking a translation into the sections of a paper."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from suivi.core.models import Account
from suivi.findings import Finding, Severity
from suivi.render.translation import Job, Section, check_section
from suivi.render.translation.segments import assemble, segments_of
from suivi.reporting.commands.sections import latest_version, write_section
from suivi.reporting.models import Origin, Paper, PaperSection, SectionVersion
from suivi.reporting.queries.sections import is_stale
from suivi.reporting.translation import carried_over
from suivi.values.errors import InputRefused, NotFound
from suivi.values.messages import Message, gettext_noop
from suivi.values.text import digest_of

_CHANGED = gettext_noop("%(section)s: the original was changed after it was given out for translation.")
_TAKE_OR_GIVE = gettext_noop("Give the section out again, or take it knowing that it is outdated.")
_FOREIGN = gettext_noop("%(section)s: this was not given out from this paper.")


@dataclass(frozen=True)
class TranslationTaken:
    """What came of a file. With `findings` of weight "error" nothing was written at all.

    `already` are the sections that say what stands there; `untranslated` came back without a translation,
    and `outdated` with the one whose original was changed since, as they went out.
    """

    versions: tuple[SectionVersion, ...] = ()
    already: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Ready:
    """A section that can be written: the wording it was made from, and its text."""

    section: PaperSection
    text: str
    digest: str


@transaction.atomic
def take_translation(
    *,
    by: Account | None,
    now: datetime,
    paper: Paper,
    job: Job,
    origin: str = Origin.XLIFF,
    outdated: bool = False,
) -> TranslationTaken:
    """Write the sections of a translated file, all or none. Taking the same file again writes nothing.

    A section that comes back as it went out is left alone, whatever became of its original meanwhile.
    A section whose original was changed since it was given out is taken only with `outdated`, and then shows
    as outdated. Raises InputRefused for a file of another paper, NotAllowed where one of the sections is not
    the account's to translate.
    """
    if (job.plan, job.paper) != (
        paper.plan.slug,
        paper.key,
    ) or job.source_language != paper.original_language:
        raise InputRefused(
            gettext_noop("The file is a translation of the paper “%(paper)s”."),
            {"paper": job.paper},
            gettext_noop("Take it on the page of that paper."),
        )
    findings: list[Finding] = []
    ready: list[_Ready] = []
    left: dict[_Left, list[str]] = {one: [] for one in _Left}
    for section in job.sections:
        row = PaperSection.objects.select_related("paper__plan").filter(paper=paper, key=section.key).first()
        if as_it_is := _left_as_it_is(row, section, job.target_language):
            left[as_it_is].append(section.key)
        elif found := _ready(row, section, findings, outdated=outdated):
            ready.append(found)
    untranslated, still_outdated = tuple(left[_Left.UNTRANSLATED]), tuple(left[_Left.OUTDATED])
    if any(finding.severity is Severity.ERROR for finding in findings):
        return TranslationTaken((), (), untranslated, still_outdated, tuple(findings))
    versions, already = [], left[_Left.ALREADY]
    for one in ready:
        before = latest_version(one.section, job.target_language)
        version = write_section(
            by=by,
            now=now,
            section=one.section,
            language=job.target_language,
            text=one.text,
            over=before.pk if before else None,
            origin=origin,
            source_digest=one.digest,
        )
        if before is not None and version.pk == before.pk:
            already.append(one.section.key)
        else:
            versions.append(version)
    return TranslationTaken(tuple(versions), tuple(already), untranslated, still_outdated, tuple(findings))


class _Left(StrEnum):
    """Why a section of a file is not written: it says nothing that was not there."""

    ALREADY = "already"
    UNTRANSLATED = "untranslated"
    OUTDATED = "outdated"


def _left_as_it_is(row: PaperSection | None, section: Section, language: str) -> _Left | None:
    """Whether a section came back as it went out, now or before; None where it says something new."""
    stands = None if row is None else latest_version(row, language)
    if row is None or stands is None or not stands.text.strip():
        return None if section.lines else _Left.UNTRANSLATED
    original = latest_version(row, row.paper.original_language)
    if original is None:
        return None
    is_outdated = is_stale(stands, original)
    if section.digest == digest_of(original.text):
        carried = replace(section, target=carried_over(original, stands).target)
        if section.lines != carried.lines and is_outdated:
            return None  # lines that held before may be confirmed by hand
    said = (segments_of(version.text) for version in row.versions.filter(language=language))
    if section.lines and not any(section.lines.items() <= lines.items() for lines in said):
        return None
    return _Left.OUTDATED if is_outdated else _Left.ALREADY


def _ready(
    row: PaperSection | None, section: Section, findings: list[Finding], *, outdated: bool
) -> _Ready | None:
    """The section as it would be written; what keeps it from that is added to the findings."""
    versions = [] if row is None else row.versions.filter(language=row.paper.original_language)
    source = next((one for one in versions if digest_of(one.text) == section.digest), None)
    name = section.heading or section.key
    if row is None or source is None:
        findings.append(_finding("foreign", Severity.ERROR, _FOREIGN, name))
        return None
    wrong = check_section(segments_of(source.text), section)
    findings += wrong
    current = latest_version(row, row.paper.original_language)
    if current is None or current.text != source.text:
        weight = Severity.WARNING if outdated else Severity.ERROR
        findings.append(_finding("outdated", weight, _CHANGED, name))
    return None if wrong else _Ready(row, assemble(source.text, section.target), section.digest)


def _finding(code: str, weight: Severity, template: str, section: str) -> Finding:
    hint = Message(_TAKE_OR_GIVE) if code == "outdated" else Message("")
    return Finding(f"translation.{code}", weight, Message(template, {"section": section}), hint=hint)


def paper_of_job(job: Job) -> Paper:
    """The paper that a file was given out from. Raises NotFound where it is not in this record."""
    found = Paper.objects.select_related("plan").filter(plan__slug=job.plan, key=job.paper).first()
    if found is None:
        raise NotFound(
            gettext_noop("The file belongs to the paper “%(paper)s”, which is not in this record."),
            {"paper": job.paper},
        )
    return found
