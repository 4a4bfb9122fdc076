"""One measured figure beside what it is compared with."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """What was measured, the figure, its unit, and the limit or peer of the same run."""

    what: str
    figure: float
    unit: str
    against: float
    against_what: str
    queries: int | None = None  # of a page, where they were counted

    @property
    def ratio(self) -> float:
        return self.figure / self.against

    def row(self) -> str:
        queries = "" if self.queries is None else str(self.queries)
        return (
            f"| {self.what} | {self.figure:.3g} {self.unit} "
            f"| {self.against_what} {self.against:.3g} {self.unit} | {self.ratio:.2f} | {queries} |"
        )


HEAD = "| what | measured | against | ratio (less is better) | queries |\n|---|---|---|---|---|"


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    return "\n".join([HEAD, *(result.row() for result in results)])


def as_json(results: Sequence[Result]) -> str:
    """The results for another process."""
    return json.dumps([asdict(result) for result in results])


def from_json(text: str) -> list[Result]:
    """What `as_json` wrote."""
    return [Result(**one) for one in json.loads(text)]
