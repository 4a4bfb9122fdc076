"""A figure before it has a width: what it says, the table behind it, and how it is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from django.conf import settings
from django.utils.translation import gettext as _

from suivi.render.charts import Chart
from suivi.render.document import FIGURE_WIDTH, Cell, Column, Figure, Row, Table
from suivi.render.svg import Drawing
from suivi.render.typography import Typography
from suivi.render.vega import draw_charts

Value: TypeAlias = str | int | Decimal | None
Draw: TypeAlias = Callable[[Sequence[int]], Sequence[Drawing]]


@dataclass(frozen=True)
class Setting:
    """For whom a picture is: the language, and the two days that its source line names."""

    language: str
    up_to: date
    as_of: date

    @cached_property
    def typography(self) -> Typography:
        return Typography.of(self.language)

    @property
    def source(self) -> str:
        """The line under a figure."""
        return self.source_with()

    def source_with(self, *remarks: str) -> str:
        """The same with remarks after it, as one sentence."""
        return f"{f'{self.typography.before_colon}; '.join([self._basis, *remarks])}."

    @property
    def _basis(self) -> str:
        day = self.typography.day
        if self.up_to == self.as_of:
            return _("Source: the record as of %(day)s") % {"day": day(self.as_of)}
        return _("Source: what had happened up to %(up_to)s, as the record knew it on %(as_of)s") % {
            "up_to": day(self.up_to),
            "as_of": day(self.as_of),
        }


@dataclass(frozen=True)
class Numbers:
    """What a picture draws, as a table for people and programs: the first column names the row."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]

    def table(self, caption: str, typography: Typography) -> Table:
        """As a table of a document; what there is no value for is a dash."""

        def cell(value: Value) -> str:
            if isinstance(value, int | Decimal):
                return typography.number(value)
            return "–" if value is None else value

        rows = self.rows or [[None for _head in self.heads]]
        return Table(
            caption=caption,
            columns=(
                Column(4 if len(self.heads) <= 4 else 3.4),
                *(
                    Column(_weight(head), "end" if is_counted else "start")
                    for head, is_counted in zip(self.heads[1:], self._counted, strict=True)
                ),
            ),
            header=(Row(tuple(Cell(head) for head in self.heads)),),
            body=tuple(
                Row((Cell(cell(first), is_header=True), *(Cell(cell(value)) for value in others)))
                for first, *others in rows
            ),
            keep_together=True,
        )

    @property
    def _counted(self) -> list[bool]:
        """For each column after the first whether it holds no words, but numbers or nothing."""
        return [
            not any(isinstance(row[column], str) for row in self.rows) for column in range(1, len(self.heads))
        ]


def _weight(head: str) -> float:
    """How wide a column of numbers has to be, so that no word of its head is broken."""
    return max(1.0, (max((len(word) for word in head.split()), default=0) + 1) / 5.5)


@dataclass(frozen=True)
class Picture:
    """`title` says the finding; `alt` what is drawn, for those who do not see it; `numbers` are behind it.

    `draw` gives one drawing for each width asked for, in CSS pixels. `table` and `source` stand in the place
    of those that follow from numbers and days.
    """

    name: str
    title: str
    alt: str
    numbers: Numbers
    setting: Setting
    draw: Draw
    table: Table | None = None
    source: str = ""

    @property
    def data(self) -> Table:
        return self.table or self.numbers.table(self.title, self.setting.typography)

    def figure(self, width: int = FIGURE_WIDTH, *, wide: bool = False) -> Figure:
        """As a figure of a document, drawn at a width; `wide` turns the page."""
        return Figure(
            svg=self.draw([width])[0].svg,
            alt=self.alt,
            caption=self.title,
            data=self.data,
            source=self.source or self.setting.source,
            wide=wide,
        )


def drawn_each(draw: Callable[[int], Drawing]) -> Draw:
    """Drawing width by width, for our own shapes."""
    return lambda widths: [draw(width) for width in widths]


def drawn_charts(chart: Callable[[int], Chart]) -> Draw:
    """Charts of Vega-Lite: kept ones are read, the others made in one child process."""
    return lambda widths: draw_charts([chart(width) for width in widths], settings.CHARTS_DIR)
