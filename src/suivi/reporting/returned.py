"""A paper that was finished in Word and came back: what changed in it, and what the sections would read."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import override

from suivi.office.word import read_word
from suivi.plan.queries import edition_on
from suivi.render.markdown import note_definitions
from suivi.render.markdown_source import Revised, Wanted, quotes_in, revise
from suivi.render.markdown_writing import MarkdownWriter
from suivi.render.read_back import Change, How, ReadBack, read_back
from suivi.reporting.asked import Asked
from suivi.reporting.kinds import compose_report
from suivi.reporting.made_from import asked_from
from suivi.reporting.material import gather
from suivi.reporting.models import SectionVersion
from suivi.reporting.named_figures import figure_run
from suivi.reporting.narrative import narrative_of
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop


@dataclass(frozen=True)
class Returned:
    """The file, as it was asked for when it was made, and what was found in it.

    `versions` are what stood in the sections that it shows, by the key of the section.
    """

    asked: Asked
    found: ReadBack
    versions: dict[str, SectionVersion] = field(default_factory=dict, repr=False)


def look_at_returned(data: bytes) -> Returned:
    """Read a DOCX of ours that was edited, and compare it with the document made again.

    Raises InputRefused for another file, NotFound for one of another record.
    """
    file = read_word(data)
    asked = asked_from(file.properties)
    document = compose_report(asked)
    return Returned(asked, read_back(document, file), _versions(asked))


def _versions(asked: Asked) -> dict[str, SectionVersion]:
    edition = edition_on(asked.plan, asked.as_of)
    if asked.paper is None or edition is None:
        return {}
    with override(asked.language):
        material = gather(asked, edition)
        narrative = narrative_of(material, figure_run(material, {}))
    keys = {key for key, _language in narrative.versions}
    return {key: version for key in keys if (version := narrative.shown(key))}


def chosen_numbers(returned: Returned, stated: str) -> set[int]:
    """The numbers of "1,3,5", or of all that is offered for "all". Raises InputRefused for others."""
    offered = {change.number for change in returned.found.offered}
    if stated == "all":
        return offered
    words = [word for word in stated.replace(",", " ").split() if word]
    numbers = {int(word) for word in words if word.isdigit()}
    if len(numbers) != len(set(words)) or not numbers <= offered:
        raise InputRefused(
            gettext_noop("“%(stated)s” names a change that is not offered."),
            {"stated": stated, "numbers": ", ".join(map(str, sorted(offered))) or "–"},
            gettext_noop("Choose among: %(numbers)s."),
        )
    return numbers


def revised_section(returned: Returned, key: str, current: str, numbers: Collection[int]) -> Revised:
    """What a section that now reads `current` reads with these changes made."""
    base = returned.versions[key].text
    writer = MarkdownWriter(notes=note_definitions(current) | note_definitions(base))
    wanted = []
    for change in returned.found.offered:
        if change.number in numbers and change.passage and change.passage.section == key:
            writer.quotes = quotes_in(base, change.passage.block)
            wanted.append(_wanted(change, writer))
    return revise(base, current, wanted, writer.notes)


def _wanted(change: Change, writer: MarkdownWriter) -> Wanted:
    passage = change.passage
    if passage is None:
        raise ValueError("a change that is offered stands somewhere")
    how = {How.CHANGED: "changed", How.ADDED: "added", How.REMOVED: "removed"}[change.how]
    return Wanted(
        change.number,
        how,  # type: ignore[arg-type]
        passage.block,
        passage.item,
        "" if change.how is How.REMOVED else writer.content(change.content),
        is_before=change.is_before,
        as_item=passage.kind == "item" and change.style.startswith("list"),
    )
