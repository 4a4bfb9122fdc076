import unicodedata

import pytest

from suivi.render.glyphs import FONTS, advances, covered, is_shown


def test_the_fonts_cover_what_three_languages_write() -> None:
    needed = (
        "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿÁÍÓÚÑáíóúñ¿¡«»"
        "“”‘’–—…•·€£%‰№§¶†‡¹²³⁴⁵⁶⁷⁸⁹⁰→←↑↓✔▲◆■○□−×÷≤≥\u00a0\u202f\u2011\ufffd"
    )
    missing = {letter for letter in needed if not is_shown(letter)}
    assert missing == set()


@pytest.mark.parametrize(
    "font", ["NotoSans-Regular", "NotoSerif-Regular", "NotoSans-Bold", "NotoSerif-Italic"]
)
def test_each_text_font_covers_the_letters_of_latin_scripts(font: str) -> None:
    letters = {chr(code) for code in range(0x00C0, 0x0250) if unicodedata.category(chr(code)).startswith("L")}
    assert letters <= advances(font).keys()


def test_wide_letters_are_wider_than_narrow_ones() -> None:
    widths = advances("NotoSans-Regular")
    assert widths["i"] < widths["n"] < widths["W"]


def test_the_licence_stands_beside_the_fonts_and_they_stay_small() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) < 3_000_000


def test_scripts_that_the_fonts_lack_are_known_to_be_lacking() -> None:
    assert ord("中") not in covered()
    assert not is_shown("中")
