"""The invented updates on their way: written, cleared, submitted, returned, decided on, approved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from typing import Any

from suivi.core.models import Account
from suivi.demonstration.cast import account, person, unit_named
from suivi.demonstration.data_files import read
from suivi.demonstration.kept import kept
from suivi.demonstration.management import MANAGER, deliverable
from suivi.demonstration.proof import Keys, add_evidence
from suivi.demonstration.said import confirmed_of, content_of_row
from suivi.demonstration.story import Story
from suivi.monitoring.commands.burden import note_read
from suivi.monitoring.commands.drafts import consolidate, correct_update, save_draft, start_update
from suivi.monitoring.commands.talk import answer_support
from suivi.monitoring.commands.workflow import (
    approve_update,
    ask_for_decision,
    clear_update,
    decide_update,
    report_no_change,
    return_update,
    send_update,
)
from suivi.monitoring.models import ProgressUpdate, Round, UpdateKind, UpdateState
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.queries.report import kind_for
from suivi.monitoring.rules.burden import filled_parts
from suivi.monitoring.rules.content import UpdateContent

# How long clearance and review take where the data file says nothing.
_CLEARED_AFTER = timedelta(days=1)
_REVIEWED_AFTER = timedelta(days=9)
# A correction stands beside the update that it corrects.
_CORRECTION = " corrected"


@dataclass
class Record:
    """What the telling has written so far: updates by round, deliverable and unit; evidence by its key."""

    updates: dict[tuple[str, str, str], ProgressUpdate] = field(default_factory=dict)
    evidence: Keys = field(default_factory=dict)


@kept
def round_of(key: str) -> Round:
    """The round with this key."""
    found: Round = Round.objects.select_related("plan").get(
        plan__slug=read("decisions.yaml")["plan"], key=key
    )
    return found


def working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def tell_updates(story: Story, record: Record, round_key: str, period_ends_on: date, file: str) -> None:
    """All updates of a round, each with all its steps."""
    for row in read(file):
        Telling(record, row, round_key, period_ends_on).tell(story)


@dataclass(frozen=True)
class Telling:
    """One row of the data files, told step by step."""

    record: Record
    row: Mapping[str, Any]
    round_key: str
    period_ends_on: date

    def tell(self, story: Story) -> None:
        """Each step at its day: sending and clearance, every return, a decision, the approval."""
        sent: date | None = self.row.get("sent")
        story.tell(sent or self.row["begun"], self.write)
        if sent is not None:
            self._tell_sending(story, sent, self.send)
        for came_back in self.row.get("returned", []):
            story.tell(came_back["day"], partial(self.give_back, came_back))
            sent = came_back.get("again")
            if sent is not None:
                self._tell_sending(story, sent, self.send_again)
        if "decision" in self.row:
            story.tell(self.row["decision"]["day"], self.ask)
            if "decided_on" in self.row["decision"]:
                story.tell(self.row["decision"]["decided_on"], self.decide)
        elif sent is not None and self.row.get("approved", True):
            story.tell(self.row.get("approved", working_day(sent + _REVIEWED_AFTER)), self.approve)
        for support in self.row.get("support", []):
            if "answer" in support:
                story.tell(support["answer"]["day"], partial(self.answer, support))

    def _tell_sending(self, story: Story, sent: date, send: Any) -> None:
        story.tell(sent, send)
        if self.row.get("cleared", True):
            story.tell(self.row.get("cleared", working_day(sent + _CLEARED_AFTER)), self.clear)

    def write(self, now: datetime) -> None:
        """The draft with its evidence, as it was first sent; "no change" is sent in the same step."""
        if "same" in self.row:
            self._keep(self._report_no_change(now))
            return
        content = self._content({**self.row, **self.row.get("returned", [{}])[0].get("first", {})}, now)
        update = self._begin(content, now)
        if update.version > 1 or update.corrects_id:
            update = save_draft(
                by=self.writer, now=now, update=update, content=content, version=update.version
            )
        self._keep(update)

    def _begin(self, content: UpdateContent, now: datetime) -> ProgressUpdate:
        """A draft: a correction, one made of contributions, or an ordinary one."""
        if "corrects" in self.row:
            return correct_update(
                by=self.writer, now=now, update=self.record.updates[self._key(self.row["corrects"])]
            )
        shared = {**self.began_with, "now": now}
        # As the responsibilities of the day have it; who is only asked contributes.
        kind = kind_for(shared["deliverable"], shared["unit"], now) or UpdateKind.CONTRIBUTION
        update = start_update(**shared, kind=kind, content=content, on_behalf_of=account(self.row.get("for")))
        if "from" not in self.row:
            return update
        taken = [self.record.updates[self.round_key, self.row["of"], one] for one in self.row["from"]]
        return consolidate(**shared, contributions=taken)

    def send(self, now: datetime) -> None:
        if "same" not in self.row:
            update = self._update()
            self._keep(send_update(by=self.writer, now=now, update=update, version=update.version))

    def clear(self, now: datetime) -> None:
        """By the director, where the plan wants it and the writer is not the director."""
        update = self._update()
        if update.state == UpdateState.IN_CLEARANCE:
            director = read("rounds.yaml")["directors"][self.row["unit"]]
            self._keep(clear_update(by=person(director), now=now, update=update))

    def give_back(self, said: Mapping[str, Any], now: datetime) -> None:
        """An update comes back from the reviewer, a contribution from the accountable unit."""
        by = account(said.get("by", read("rounds.yaml")["reviewer"]))
        self._keep(return_update(by=by, now=now, update=self._update(), reason=said["reason"]))

    def send_again(self, now: datetime) -> None:
        """What stands in the row in the end."""
        update, content = self._update(), self._content(self.row, now)
        saved = save_draft(by=self.writer, now=now, update=update, content=content, version=update.version)
        self._keep(saved)
        self.send(now)

    def ask(self, now: datetime) -> None:
        said = self.row["decision"]
        by = account(said["by"])
        self._keep(ask_for_decision(by=by, now=now, update=self._update(), reason=said["reason"]))

    def decide(self, now: datetime) -> None:
        said, by, update = self.row["decision"], person(MANAGER), self._update()
        note_read(by=by, update=update, parts=filled_parts(content_of(update)))
        self._keep(
            decide_update(by=by, now=now, update=update, is_approved=said["approved"], reason=said["answer"])
        )

    def approve(self, now: datetime) -> None:
        """Contributions are not approved: the accountable unit takes them up."""
        update = self._update()
        if update.kind == UpdateKind.UPDATE:
            content, by = content_of(update), person(read("rounds.yaml")["reviewer"])
            confirmed = confirmed_of(self.row, content)
            update = self._keep(approve_update(by=by, now=now, update=update, confirmed=confirmed))
            note_read(by=by, update=update, parts=self._read_of(content))

    def _read_of(self, content: UpdateContent) -> list[str]:
        """The reviewer opens the evidence only where the sheet asks for it."""
        asks = read("sheets.yaml")["sheets"][self.row["of"]].get("needs_evidence", False)
        return [part for part in filled_parts(content) if part != "evidence" or asks]

    def answer(self, asked: Mapping[str, Any], now: datetime) -> None:
        said = asked["answer"]
        support = self._update().support.get(text=asked["text"])
        answer_support(by=account(said["by"]), now=now, support=support, answer=said["text"])

    def _content(self, row: Mapping[str, Any], now: datetime) -> UpdateContent:
        """What is said, with the evidence that it names."""
        add_evidence(
            row.get("proof", {}),
            self.record.evidence,
            by=self.writer,
            now=now,
            plan=self.began_with["deliverable"].plan,
            unit=self.began_with["unit"],
        )
        up_to = min(self.period_ends_on, now.date())
        return content_of_row(row, self.writer.language, up_to, self.record.evidence)

    def _report_no_change(self, now: datetime) -> ProgressUpdate:
        return report_no_change(
            **self.began_with, now=now, sentence=self.row["same"], language=self.writer.language
        )

    @cached_property
    def writer(self) -> Account:
        return person(self.row.get("by") or read("rounds.yaml")["writers"][self.row["unit"]])

    @cached_property
    def began_with(self) -> dict[str, Any]:
        """What every command that begins an update is given."""
        return {
            "by": self.writer,
            "deliverable": deliverable(self.row["of"]),
            "unit": unit_named(self.row["unit"]),
            "round": round_of(self.round_key),
        }

    def _key(self, round_key: str = "") -> tuple[str, str, str]:
        corrected = _CORRECTION if "corrects" in self.row and not round_key else ""
        return ((round_key or self.round_key) + corrected, self.row["of"], self.row["unit"])

    def _update(self) -> ProgressUpdate:
        """As the last command left it; each command reads it anew under its lock."""
        return self.record.updates[self._key()]

    def _keep(self, update: ProgressUpdate) -> ProgressUpdate:
        self.record.updates[self._key()] = update
        return update
