"""How far the issuing of a paper is that somebody asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from suivi.reporting.kinds import FORMATS
from suivi.reporting.models import Issuing, Paper
from suivi.reporting.queries.sections import languages_of
from suivi.values.messages import Message

# After this time without a word of its worker it is taken for dead; one file takes seconds.
SILENCE = timedelta(minutes=2)


@dataclass(frozen=True)
class IssuingState:
    """The last issuing that was asked for: how many files are made, what refused it, or that it broke off."""

    made: int
    of: int
    is_going_on: bool
    has_broken_off: bool
    refused: tuple[Message, ...] = ()


def going_on(paper: Paper, moment: datetime) -> Issuing | None:
    """The issuing of a paper that a worker has in hand or is about to; None where its worker is silent."""
    found: Issuing | None = paper.issuings.filter(ended_at__isnull=True, beat_at__gt=moment - SILENCE).first()
    return found


def issuing_state(paper: Paper, moment: datetime) -> IssuingState | None:
    """How far it is; None where nobody asked or the paper is issued. `moment` is that of the machine."""
    last = paper.issuings.order_by("-pk").first()
    if last is None or paper.issued_at is not None:
        return None
    is_going_on = last.ended_at is None and last.beat_at > moment - SILENCE
    wanted = len(languages_of(paper)) * len(FORMATS)
    refused: tuple[Message, ...] = ()
    if last.refusal:
        params = last.refusal["params"]
        parts = (last.refusal["template"], last.refusal.get("hint", ""))
        refused = tuple(Message(part, params) for part in parts if part)
    return IssuingState(last.files_made, wanted, is_going_on, not is_going_on and not refused, refused)
