"""What was given out of a paper, and what came into its sections since."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from suivi.reporting.asked import Asked
from suivi.reporting.models import IssuedFile, SectionVersion
from suivi.reporting.narrative import written_until


@dataclass(frozen=True)
class Issued:
    """A file as it was given out: the symbol of its paper, the day, the digests of bytes and document."""

    symbol: str
    on: date
    sha256: str
    digest: str


@dataclass(frozen=True)
class Rewritten:
    """How many sections were written anew in the language of a file after it was made, and the last day."""

    sections: int
    on: date


def issued_file(asked: Asked, suffix: str) -> Issued | None:
    """The issued file that a file of a paper should be: that of its language and format.

    None where the paper was not issued, or where other days were asked for than those it was issued on.
    """
    paper = asked.paper
    if paper is None or paper.issued_at is None or (asked.up_to, asked.as_of) != (paper.up_to, paper.as_of):
        return None
    found = IssuedFile.objects.select_related("file").filter(
        paper=paper, language=asked.language, suffix=suffix
    )
    kept = found.first()
    if kept is None:
        return None
    return Issued(paper.symbol, timezone.localdate(paper.issued_at), kept.file.sha256, kept.digest)


def rewritten_since(asked: Asked) -> Rewritten | None:
    """What was written in the sections after the moment up to which a file shows them; None for nothing."""
    if asked.paper is None:
        return None
    until = asked.written_until or written_until(asked.paper, asked.as_of)
    later = SectionVersion.objects.filter(
        section__paper=asked.paper, language=asked.language, written_at__gt=until
    )
    moments = dict[int, datetime](later.order_by("written_at").values_list("section_id", "written_at"))
    if not moments:
        return None
    return Rewritten(len(moments), timezone.localdate(max(moments.values())))
