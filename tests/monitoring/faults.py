"""Kills a process after its n-th SQL statement, commit or write to a file, for every n.

`try_every` runs in a process of its own. For each n it forks a child that does the work on a connection of
its own and dies after the n-th step; the first child that comes to its end ends the trial.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid5

import openpyxl
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection

from suivi.core.commands import path_of, remove_withdrawn_bytes
from suivi.core.models import AuditEntry, StoredFile
from suivi.exchange.round_workbook.commands import write_workbook_back
from suivi.exchange.round_workbook.form import workbook_of
from suivi.exchange.tracker.commands import import_tracker, start_tracker
from suivi.monitoring.commands.drafts import start_update
from suivi.monitoring.commands.evidence import add_file, withdraw_evidence
from suivi.monitoring.commands.mails import CLAIM, send_waiting, write_mail
from suivi.monitoring.commands.rounds import open_round
from suivi.monitoring.commands.workflow import approve_update, send_update
from suivi.monitoring.models import ChainLink, Evidence, Mail, MailKind, ProgressUpdate
from suivi.monitoring.queries.chain import verify
from suivi.monitoring.rules.content import EvidenceSaid, SupportSaid
from tests.cast import DAY, NOW, words
from tests.exchange.sheets import Typist
from tests.monitoring.scene import LANTERN, SAID, Scene, build_scene

KILLED = 77
SUBJECTS = 6  # more than there are steps after a commit


@dataclass
class Trial:
    """Work to be tried on several subjects of one kind, and what can be seen of a subject."""

    subjects: list[Any]
    act: Callable[[Any], object]
    look: Callable[[Any], Any]
    # What makes good, the next time it runs, that a process died after its commit.
    mend: Callable[[], object] = lambda: None


@dataclass
class Outcome:
    """What a trial found. `halves` are states that are neither as before nor as when all is done."""

    killed: int
    done_early: int
    halves: list[Any]
    broken: list[str]


def try_every(name: str) -> Outcome:
    """Kill the work of this name after each step in turn; then let it be done on all subjects."""
    scene = build_scene()
    trial = _TRIALS[name](scene)
    subjects = iter(trial.subjects)
    subject, number, seen = next(subjects), 0, []
    untouched = trial.look(subject)
    done_early = 0
    while True:
        number += 1
        connection.close()
        if _ends_well(trial.act, subject, number):
            break
        found = trial.look(subject)
        if found != untouched:
            trial.mend()
            seen.append(trial.look(subject))
            done_early += 1
            subject = next(subjects)
            if trial.look(subject) != untouched:
                raise AssertionError(f"One subject changed another: {trial.look(subject)}")
    done = trial.look(subject)
    for rest in [*subjects]:
        trial.act(rest)
        seen.append(trial.look(rest))
    halves = [one for one in seen if one != done]
    return Outcome(number - 1, done_early, halves, [one.code for one in verify(scene.cast.plan)])


def _ends_well(act: Callable[[Any], object], subject: Any, number: int) -> bool:
    """Whether a child that would die after this many steps comes to its end before."""
    child = os.fork()
    if child == 0:
        try:
            with _killed_after(number):
                act(subject)
            os._exit(0)
        except BaseException:  # noqa: BLE001  the child never goes back into the test
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(1)
    _pid, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in {0, KILLED}:
        raise AssertionError(f"The work failed at step {number} with {code}.")
    return code == 0


@contextmanager
def _killed_after(number: int) -> Iterator[None]:
    """Count statements, commits, and writes, renames and removals of files; die right after this many."""
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count == number:
            os._exit(KILLED)

    def counted(do: Callable[..., Any]) -> Callable[..., Any]:
        def then_tick(*given: Any, **named: Any) -> Any:
            answer = do(*given, **named)
            tick()
            return answer

        return then_tick

    def statement(execute: Any, *given: Any) -> Any:
        answer = execute(*given)
        tick()
        return answer

    with (
        connection.execute_wrapper(statement),
        patch.object(connection, "_commit", counted(connection._commit)),
        patch.object(os, "fsync", counted(os.fsync)),
        patch.object(Path, "replace", counted(Path.replace)),
        patch.object(Path, "unlink", counted(Path.unlink)),
    ):
        yield


# The trials


def _drafts(scene: Scene) -> list[ProgressUpdate]:
    """Drafts that say a little of everything, alike but for their keys."""
    made = []
    for number in range(SUBJECTS):
        piece = add_file(
            by=scene.office,
            now=NOW,
            plan=scene.cast.plan,
            unit=scene.cast.headquarters,
            title=f"Picture {number}",
            data=b"\x89PNG\r\n\x1a\n" + bytes([number]),
            file_name="quay.png",
        )
        item = replace(SAID["1.1.1"].items[0], key=str(uuid5(UUID(LANTERN), str(number))))
        content = replace(
            SAID["1.1.1"],
            items=(item,),
            support=(SupportSaid("Two lamps", "region", DAY),),
            evidence=(EvidenceSaid(str(piece.key), f"item:{item.key}"),),
        )
        update = start_update(
            by=scene.cast.plan_manager,
            now=NOW,
            deliverable=scene.cast.deliverable("1.1.1"),
            unit=scene.cast.headquarters,
            content=content,
            source="demonstration",
            source_row=str(number),
        )
        made.append(update)
    return made


def _submitting(scene: Scene) -> Trial:
    return Trial(_drafts(scene), lambda one: _send(scene, one), _look_at_update)


def _approving(scene: Scene) -> Trial:
    updates = [_send(scene, one) for one in _drafts(scene)]

    def approve(one: ProgressUpdate) -> object:
        confirmed = {str(state.item.key): {"new": True} for state in one.item_states.select_related("item")}
        return approve_update(by=scene.cast.reviewer, now=NOW, update=one, confirmed=confirmed)

    return Trial(updates, approve, _look_at_update)


def _send(scene: Scene, one: ProgressUpdate) -> ProgressUpdate:
    return send_update(by=scene.cast.plan_manager, now=NOW, update=one, version=one.version)


def _look_at_update(one: ProgressUpdate) -> Any:
    row = ProgressUpdate.objects.get(pk=one.pk)
    return [
        row.state,
        bool(row.draft),
        str(row.narrative),
        row.submitted_by_id,
        row.approved_by_id,
        [state.confirmed for state in row.item_states.all()],
        row.support.count(),
        row.evidence_uses.count(),
        list(row.events.order_by("pk").values_list("verb", flat=True)),
        AuditEntry.objects.filter(details__update=str(row.key)).count(),
        ChainLink.objects.filter(kind="update", object_pk=row.pk).count(),
    ]


def _adding(scene: Scene) -> Trial:
    """Adding evidence: its bytes are there whenever its row is."""

    def add(number: int) -> object:
        return add_file(
            by=scene.office,
            now=NOW,
            plan=scene.cast.plan,
            unit=scene.cast.headquarters,
            title=f"Picture {number}",
            data=_picture(number),
            file_name="quay.png",
        )

    def look(number: int) -> Any:
        piece = Evidence.objects.filter(title=f"Picture {number}").first()
        return piece and [path_of(piece.sha256).read_bytes() == _picture(number), piece.file is not None]

    return Trial(list(range(SUBJECTS)), add, look)


def _withdrawing(scene: Scene) -> Trial:
    """Withdrawing evidence: whoever dies after the commit leaves the removal to the next worker."""
    pieces = [
        add_file(
            by=scene.office,
            now=NOW,
            plan=scene.cast.plan,
            unit=scene.cast.headquarters,
            title=f"Picture {number}",
            data=_picture(number),
            file_name="quay.png",
        )
        for number in range(SUBJECTS)
    ]

    def withdraw(piece: Evidence) -> object:
        return withdraw_evidence(by=scene.cast.plan_manager, now=NOW, evidence=piece, reason="Asked for.")

    def look(piece: Evidence) -> Any:
        row = Evidence.objects.get(pk=piece.pk)
        return [
            row.withdrawn_reason,
            StoredFile.objects.get(sha256=row.sha256).withdrawn_at is None,
            path_of(row.sha256).exists(),
            ChainLink.objects.filter(kind="withdrawal", object_pk=row.pk).count(),
        ]

    return Trial(pieces, withdraw, look, mend=remove_withdrawn_bytes)


def _picture(number: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n another" + bytes([number])


def _reading_workbooks(scene: Scene) -> Trial:
    """Writing back a workbook of a round: all its rows or none."""
    made = []
    for number in range(SUBJECTS):
        round = open_round(
            by=None,
            now=NOW,
            plan=scene.cast.plan,
            key=f"round-{number}",
            title=words(f"Round {number}"),
            period_starts_on=scene.round.period_starts_on,
            period_ends_on=scene.round.period_ends_on,
            opens_on=DAY,
            due_on=DAY,
            asked=[(scene.cast.deliverable("1.1.2"), scene.cast.region)],
        )
        data = workbook_of(by=None, now=NOW, unit=scene.cast.region, round=round, language="en")
        typist = Typist(data).type_in("words/1.1.2", narrative="Half of it is written.")
        made.append((round.pk, typist.saved()))

    def write(subject: tuple[int, bytes]) -> object:
        return write_workbook_back(by=scene.cast.director, now=NOW, data=subject[1])

    def look(subject: tuple[int, bytes]) -> Any:
        return [_look_at_update(one) for one in ProgressUpdate.objects.filter(round=subject[0])]

    return Trial(made, write, look)


def _importing_trackers(scene: Scene) -> Trial:
    """Importing a tracker with history: every row of it or none."""
    made = []
    for number in range(SUBJECTS):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = f"Tracker {number}"
        sheet.append(["No.", "Deliverable", "Unit", "Dec 2022 progress"])
        sheet.append(["1.1.2", "A guide", "NORTH", f"Half of {number} is written."])
        held = BytesIO()
        book.save(held)
        made.append(
            start_tracker(
                by=scene.cast.plan_manager,
                now=NOW,
                plan=scene.cast.plan,
                data=held.getvalue(),
                name=f"tracker-{number}.xlsx",
            )
        )

    def take(tracker: Any) -> object:
        return import_tracker(by=scene.cast.plan_manager, now=NOW, tracker=tracker)

    def look(tracker: Any) -> Any:
        rows = ProgressUpdate.objects.filter(source="tracker", source_row__startswith=tracker.sheet)
        tracker.refresh_from_db()
        return [tracker.imported_at is not None, *(_look_at_update(one)[3:] for one in rows.order_by("pk"))]

    return Trial(made, take, look)


def _sending_mails(scene: Scene) -> Trial:
    """Sending a mail: it goes out at least once, always with the same Message-ID, and is noted as sent."""
    mails = [
        write_mail(
            now=NOW,
            kind=MailKind.DIGEST,
            about=f"day {number}",
            subject="Due",
            body="Two updates are due.",
            language="en",
            account=scene.cast.focal_point,
        )
        for number in range(SUBJECTS)
    ]
    folder = Path(settings.SUIVI_DATA_DIR) / "outbox"
    folder.mkdir(exist_ok=True)

    def send(message: EmailMessage) -> None:
        with (folder / message.extra_headers["Message-ID"].strip("<>")).open("a") as handle:
            handle.write("sent\n")
            handle.flush()
            os.fsync(handle.fileno())

    def act(mail: Mail) -> None:
        # The others wait until tomorrow; a claim that a dead process left has run out by then.
        moment = NOW + CLAIM * 2 * (1 + _tries(folder))
        Mail.objects.exclude(pk=mail.pk).filter(sent_at=None).update(claimed_at=moment)
        list(send_waiting(clock=lambda: moment, send=send, most=1))

    def look(mail: Mail) -> Any:
        row = Mail.objects.get(pk=mail.pk)
        is_out = (folder / row.message_id.strip("<>")).exists()
        return None if row.sent_at is None else is_out

    return Trial(mails, act, look)


def _tries(folder: Path) -> int:
    """Counts the attempts, so that each is made later than the one before."""
    note = folder.parent / "tries"
    count = int(note.read_text()) + 1 if note.exists() else 1
    note.write_text(str(count))
    return count


_TRIALS: dict[str, Callable[[Scene], Trial]] = {
    "submitting": _submitting,
    "approving": _approving,
    "adding evidence": _adding,
    "withdrawing evidence": _withdrawing,
    "reading a workbook": _reading_workbooks,
    "importing a tracker": _importing_trackers,
    "sending a mail": _sending_mails,
}
NAMES = tuple(_TRIALS)
