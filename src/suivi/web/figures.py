"""Pictures of reports inside pages: at two widths, with the table behind them, to be taken along."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString, mark_safe

from suivi.render.document import Row
from suivi.render.runs import plain_text
from suivi.render.svg import Drawing
from suivi.reporting.pictures.picture import Picture

WIDE, NARROW = 640, 328  # CSS pixels: beside others on a desk, and on a phone of 360
WIDEST = 1140  # over the whole page


@dataclass(frozen=True)
class Figure:
    """A picture for wide and for narrow screens, with a name in the addresses of its files."""

    picture: Picture
    width: int = WIDE

    @property
    def name(self) -> str:
        return self.picture.name

    @property
    def title(self) -> str:
        return self.picture.title

    @property
    def source(self) -> str:
        return self.picture.source

    @cached_property
    def drawings(self) -> tuple[Drawing, Drawing]:
        """The wide and the narrow one."""
        wide, narrow = self.picture.draw([self.width, NARROW])
        return wide, narrow

    @property
    def wide_svg(self) -> SafeString:
        # Our own drawing; every word in it is escaped where it is written.
        return mark_safe(self.drawings[0].svg)  # noqa: S308

    @property
    def narrow_svg(self) -> SafeString:
        return mark_safe(self.drawings[1].svg)  # noqa: S308

    @property
    def heads(self) -> list[str]:
        return _words(self.picture.data.header[0])

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """Kind of row and words of its cells, to be shown as a table."""
        return [(row.kind, _words(row)) for row in self.picture.data.body]


def _words(row: Row) -> list[str]:
    return [plain_text(cell.content) for cell in row.cells]
