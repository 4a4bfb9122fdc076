"""The page of a DOCX, in twentieths of a point."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageShape:
    """A page upright, with its margins; `header` and `footer` are how far they stand from the edge."""

    short: int = 11906  # A4
    long: int = 16838
    top: int = 1334
    right: int = 1134
    bottom: int = 1134
    left: int = 1134
    header: int = 567
    footer: int = 510

    def size(self, *, is_wide: bool) -> tuple[int, int]:
        """Width and height of the page, turned or not."""
        return (self.long, self.short) if is_wide else (self.short, self.long)

    def text_width(self, *, is_wide: bool) -> int:
        return self.size(is_wide=is_wide)[0] - self.left - self.right

    def text_height(self, *, is_wide: bool) -> int:
        return self.size(is_wide=is_wide)[1] - self.top - self.bottom
