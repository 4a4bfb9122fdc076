"""What a report is asked to be: of which plan, on which two days, in which language, of which part."""

from dataclasses import dataclass, field
from datetime import date

from suivi.plan.models import Plan
from suivi.reporting.models import Paper


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One report as asked for.

    `up_to`: what had happened by then. `as_of`: what the record knew by the end of that day. `since` is the
    first day of a report on what changed. `part` is the key of the unit, region or pillar that the report is
    about, for the kinds that are about one. `paper` is the paper whose written sections go in.
    """

    kind: str
    plan: Plan
    up_to: date
    as_of: date
    language: str
    since: date | None = None
    part: str = ""
    paper: Paper | None = field(default=None, compare=False)

    @property
    def command(self) -> str:
        """The command that makes this report again."""
        words = [f"suivi report {self.kind} --plan {self.plan.slug}"]
        words += [f"--paper {self.paper.key}"] if self.paper else []
        words += [f"--part {self.part}"] if self.part else []
        words += [f"--since {self.since.isoformat()}"] if self.since else []
        words += [f"--up-to {self.up_to.isoformat()}"] if self.up_to != self.as_of else []
        return " ".join([*words, f"--as-of {self.as_of.isoformat()} --language {self.language}"])
