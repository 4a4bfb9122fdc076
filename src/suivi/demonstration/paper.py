"""The invented paper for the invented Council: started, assigned, written, translated, cleared in part."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from suivi.demonstration.cast import account, person
from suivi.demonstration.data_files import read, text
from suivi.demonstration.story import Story
from suivi.monitoring.models import ProgressUpdate, Voice
from suivi.plan.models import Plan
from suivi.reporting.commands import (
    assign_section,
    change_paper,
    choose_example,
    clear_section,
    start_paper,
    write_section,
)
from suivi.reporting.commands.sections import latest_version
from suivi.reporting.models import Origin, PaperSection
from suivi.reporting.rules import Step

ORIGINAL = "en"


def tell_paper(story: Story) -> None:
    """The paper with each section, each at its day."""
    said = read("paper.yaml")
    story.tell(said["paper"]["started_on"], partial(_start, said["paper"]))
    for section in said["sections"]:
        _tell_section(story, section, said["translated"])


def _tell_section(story: Story, section: Mapping[str, Any], translated: Mapping[str, Any]) -> None:
    key, writer, words = section["key"], section["write"][0], section["words"]
    story.tell(read("paper.yaml")["paper"]["started_on"], partial(_assign, section))
    story.tell(section["written"], partial(_write, key, ORIGINAL, words[ORIGINAL], writer))
    for language in (code for code in words if code != ORIGINAL):
        story.tell(translated["day"], partial(_write, key, language, words[language], translated["by"]))
    for example in section.get("examples", []):
        story.tell(section["written"], partial(_choose, key, example, writer))
    if "cleared" in section:
        story.tell(section["cleared"], partial(_clear, key, section["clear"][0]))
    if "reworded" in section:
        anew = section["reworded"]
        story.tell(anew["day"], partial(_write, key, ORIGINAL, anew["words"][ORIGINAL], writer))
        for language, day in anew["anew"].items():
            story.tell(day, partial(_write, key, language, anew["words"][language], translated["by"]))


def _section(key: str) -> PaperSection:
    return PaperSection.objects.select_related("paper__plan").get(
        paper__key=read("paper.yaml")["paper"]["key"], key=key
    )


def _start(said: Mapping[str, Any], now: datetime) -> None:
    facts = {name: said[name] for name in ("kind", "key", "purpose", "symbol", "session", "section")}
    paper = start_paper(
        by=account(said["by"]),
        now=now,
        plan=Plan.objects.get(slug=read("decisions.yaml")["plan"]),
        original_language=ORIGINAL,
        title=text(said["title"]),
        body=text(said["body"]),
        session_opens_on=said["opens_on"],
        dated_on=said["dated_on"],
        **facts,
    )
    days = {Step(step): day for step, day in said["days"].items()}
    change_paper(by=account(said["by"]), now=now, paper=paper, days=days)


def _assign(said: Mapping[str, Any], now: datetime) -> None:
    (writer, write_by), (clearer, clear_by) = said["write"], said["clear"]
    assign_section(
        by=account(read("paper.yaml")["paper"]["by"]),
        now=now,
        section=_section(said["key"]),
        writer=person(writer),
        clearer=person(clearer),
        write_by=write_by,
        clear_by=clear_by,
    )


def _write(key: str, language: str, words: str, by: str, now: datetime) -> None:
    section = _section(key)
    before = latest_version(section, language)
    write_section(
        by=person(by),
        now=now,
        section=section,
        language=language,
        text=words,
        over=before.pk if before else None,
        origin=Origin.DEMONSTRATION,
    )


def _clear(key: str, by: str, now: datetime) -> None:
    section = _section(key)
    version = latest_version(section, ORIGINAL)
    if version is None:
        raise ValueError(f"nothing is written in {key}")
    clear_section(by=person(by), now=now, section=section, language=ORIGINAL, version=version.pk)


def _choose(key: str, said: Mapping[str, Any], by: str, now: datetime) -> None:
    update = voice = None
    if "update" in said:
        round_key, deliverable, unit = said["update"]
        update = ProgressUpdate.objects.filter(
            round__key=round_key, deliverable__key=deliverable, unit__key=unit, is_public=True
        ).latest("approved_at")
    else:
        voice = Voice.objects.select_related("invitation__deliverable").get(
            invitation__deliverable__key=said["voice"]
        )
    choose_example(by=person(by), now=now, section=_section(key), update=update, voice=voice)
