"""One measured figure beside what it is compared with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What was measured, the figure, its unit, and the limit or peer of the same run."""

    what: str
    figure: float
    unit: str
    against: float
    against_what: str

    @property
    def ratio(self) -> float:
        return self.figure / self.against

    def row(self) -> str:
        return (
            f"| {self.what} | {self.figure:.3g} {self.unit} "
            f"| {self.against_what} {self.against:.3g} {self.unit} "
            f"| {self.ratio:.2f} |"
        )


HEAD = "| what | measured | against | ratio (less is better) |\n|---|---|---|---|"


def table(results: list[Result]) -> str:
    """The results as a Markdown table."""
    return "\n".join([HEAD, *(result.row() for result in results)])
