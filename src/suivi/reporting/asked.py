"""What a report is asked to be: of which plan, on which two days, in which language, of which part."""

from dataclasses import dataclass, field
from datetime import date, datetime

from suivi.plan.models import Plan
from suivi.reporting.models import Paper


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One report as asked for.

    `up_to`: what had happened by then. `as_of`: what the record knew by the end of that day. `since` is the
    first day of a report on what changed. `part` is the key of the unit, region or pillar that the report is
    about, for the kinds that are about one. `paper` is the paper whose written sections go in. With
    `corrected_until` the report is that of its days with the corrections that the record got by then.
    `prints_provenance`: from what it was made stands at its end, and not only in the properties of the file.
    """

    kind: str
    plan: Plan
    up_to: date
    as_of: date
    language: str
    since: date | None = None
    part: str = ""
    paper: Paper | None = field(default=None, compare=False)
    prints_provenance: bool = False
    corrected_until: date | None = None
    # What was written in the paper until then, where that is earlier than the end of the day.
    written_until: datetime | None = None

    @property
    def narrowed(self) -> dict[str, str]:
        """What narrows the report beside its days, by the names of the properties of the file."""
        said = {
            "paper": self.paper.key if self.paper else "",
            "part": self.part,
            "since": self.since.isoformat() if self.since else "",
        }
        return {name: value for name, value in said.items() if value}

    @property
    def command(self) -> str:
        """The command that makes this report again."""
        words = [f"suivi report {self.kind} --plan {self.plan.slug}"]
        words += [f"--{name} {value}" for name, value in self.narrowed.items()]
        words += [f"--up-to {self.up_to.isoformat()}"] if self.up_to != self.as_of else []
        words += [f"--as-of {self.as_of.isoformat()} --language {self.language}"]
        return " ".join([*words, "--with-provenance"] if self.prints_provenance else words)
