"""The drawings of reports in a browser, with the list of countries that comes with suivi."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.render.test_golden import FOLDER

Check = Callable[[Page], None]
DRAWN = {
    "map": ("map", "map-narrow"),
    "bars": ("bars", "bars"),
    "months": ("months", "months"),
    "moved": ("moved", "moved-narrow"),
}


def _paper(is_narrow: bool) -> str:
    drawings = [(FOLDER / f"{names[is_narrow]}.svg").read_text(encoding="utf-8") for names in DRAWN.values()]
    styles = "body{margin:12px;font-family:sans-serif}figure{margin:0 0 28px}svg{max-width:100%;height:auto}"
    figures = "".join(f"<figure>{one}</figure>" for one in drawings)
    return (
        f'<!doctype html><html lang="en"><head><title>{escape("Figures")}</title><style>{styles}</style>'
        f"</head><body><main><h1>Figures</h1>{figures}</main></body></html>"
    )


def test_drawings_are_whole_and_accessible_at_both_widths(
    page: Page, check_axe: Check, check_fits: Check, screenshot: Callable[[Page, str], None]
) -> None:
    size = page.viewport_size
    assert size is not None
    page.set_content(_paper(size["width"] < 480))
    check_fits(page)
    check_axe(page)
    screenshot(page, "figures")


@pytest.mark.parametrize("name", [path.stem for path in sorted(Path(FOLDER).glob("*.svg"))])
def test_no_word_of_a_drawing_is_cut_at_its_edge(name: str, desktop_page: Page) -> None:
    """In the browser's own sans, which is not the font that the drawing was measured with."""
    drawing = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    desktop_page.set_content(f"<!doctype html><title>{name}</title><main>{drawing}</main>")
    beyond = desktop_page.evaluate(
        """() => { const box = document.querySelector("main > svg").getBoundingClientRect();
        return [...document.querySelectorAll("text")].filter((one) => {
          const of = one.getBoundingClientRect();
          return of.left < box.left - 1 || of.right > box.right + 1 || of.bottom > box.bottom + 1;
        }).map((one) => one.textContent); }"""
    )
    assert beyond == []
