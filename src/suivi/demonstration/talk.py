"""What is said beside the invented updates: remarks in threads, and constituents who speak for themselves."""

from datetime import datetime
from functools import partial
from typing import Any

from suivi.demonstration.cast import account, person, unit_named
from suivi.demonstration.data_files import read
from suivi.demonstration.management import deliverable
from suivi.demonstration.story import Story
from suivi.monitoring.commands.talk import comment
from suivi.monitoring.commands.voices import invite_constituent, speak


def tell_talk(story: Story) -> None:
    """Remarks and voices, each at its day."""
    for row in read("rounds.yaml")["comments"]:
        story.tell(row["day"], partial(_comment, row))
    for row in read("voices.yaml"):
        links: list[str] = []  # the token of the link: given once, when somebody is invited
        story.tell(row["invited"], partial(_invite, row, links))
        if "said" in row:
            story.tell(row["said"]["day"], partial(_speak, row["said"], links))


def _comment(row: dict[str, Any], now: datetime) -> None:
    comment(by=person(row["by"]), now=now, deliverable=deliverable(row["of"]), text=row["text"])


def _invite(row: dict[str, Any], links: list[str], now: datetime) -> None:
    _invitation, token = invite_constituent(
        by=account(read("rounds.yaml")["writers"][row["unit"]]),
        now=now,
        deliverable=deliverable(row["of"]),
        unit=unit_named(row["unit"]),
        expires_on=row["until"],
        **{
            name: row[name]
            for name in ("group", "name", "email", "language", "question", "country", "region")
        },
    )
    links.append(token)


def _speak(said: dict[str, Any], links: list[str], now: datetime) -> None:
    speak(now=now, token=links[0], text=said["text"], consent=said["consent"])
