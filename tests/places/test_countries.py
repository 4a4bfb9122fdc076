from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.places.countries import DEFAULT, CountryList, read_countries
from suivi.values.errors import InputRefused

DAY = date(2023, 2, 15)
HEAD = """
day = 2026-01-01
[disclaimer]
en = "None."
[regions]
north = { en = "North", fr = "Nord" }
[countries]
"""


def read(folder: Path, text: str) -> CountryList:
    path = folder / "countries.toml"
    path.write_text(text, encoding="utf-8")
    return read_countries.__wrapped__(path)


@pytest.fixture(scope="module")
def known() -> CountryList:
    return read_countries(DEFAULT)


def test_the_list_has_every_name_and_the_sentence_under_the_map_in_three_languages(
    known: CountryList,
) -> None:
    texts = [known.disclaimer, *known.regions.values(), *(one.names for one in known.countries)]
    assert all(set(one) == {"en", "fr", "es"} for one in texts)


def test_each_code_and_name_of_a_country_leads_to_it_in_any_dress(known: CountryList) -> None:
    for country in known.on(DAY):
        for word in (country.code, country.alpha2, *country.names.values(), *country.also):
            for dressed in (word, word.upper(), f"  {word.lower()} "):
                assert known.find(dressed, DAY) is country


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("cote d’ivoire", "CIV"),
        ("COTE D'IVOIRE", "CIV"),
        ("ke", "KEN"),
        ("Turkey", "TUR"),
        ("Tanzanie", "TZA"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("República Checa", "CZE"),
        ("republica checa", "CZE"),
    ],
)
def test_usual_words_are_recognized_without_their_accents(known: CountryList, word: str, code: str) -> None:
    found = known.find(word, DAY)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("word", ["", " ", "Marenda", "Kenya and Uganda", "no such place"])
def test_other_words_stand_for_no_country(known: CountryList, word: str) -> None:
    assert known.find(word, DAY) is None


def test_a_country_is_found_in_its_days_only(known: CountryList) -> None:
    assert known.find("South Sudan", date(2011, 7, 8)) is None
    assert known.find("South Sudan", date(2011, 7, 9)) is not None
    assert known.find("Serbia and Montenegro", date(2006, 6, 2)) is not None
    assert known.find("Serbia and Montenegro", date(2006, 6, 3)) is None


def test_no_two_countries_of_a_day_share_a_tile(known: CountryList) -> None:
    tiles = [one.tile for one in known.on(DAY) if one.tile]
    assert len(tiles) == len(set(tiles)) == 195


def test_a_name_that_is_missing_in_a_language_is_given_in_the_first(tmp_path: Path) -> None:
    one = read(tmp_path, HEAD + 'XAA = { en = "Aland", region = "north" }\n')
    assert one.countries[0].name("es") == "Aland"
    assert one.region_name("north", "fr-CH") == "Nord"
    assert one.region_name("elsewhere", "fr") == "elsewhere"


def test_one_word_may_stand_for_two_countries_one_after_the_other(tmp_path: Path) -> None:
    text = 'XAA = { en = "Oldland", also = ["the land"], until = 2020-01-01 }\n'
    text += 'XAB = { en = "Newland", also = ["the land"], from = 2020-01-02 }\n'
    one = read(tmp_path, HEAD + text)
    found = [one.find("The Land", day) for day in (date(2020, 1, 1), date(2020, 1, 2))]
    assert [country and country.code for country in found] == ["XAA", "XAB"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('XAA = { en = "A", region = "south" }', "names the region “south”"),
        ('XAA = { en = "A", tile = [1] }', "not a column and a row"),
        ('XAA = { en = "A", tile = [true, 1] }', "not a column and a row"),
        ('XAA = { en = "A", tile = [1, 900] }', "not between 0 and 60"),
        ('XAA = { en = "A", from = 2020 }', "is no day"),
        ('XAA = { en = "A", from = 2020-01-01T00:00:00 }', "is no day"),
        ('XAA = { en = "A", also = "B" }', "is no list of words"),
        ("XAA = { en = 3 }", "“en” is no name"),
        ('XAA = { en = " " }', "“en” is no name"),
        ('XAA = { alpha2 = "XA" }', "no name in any language"),
        ('XAA = "A"', "is no table"),
        ('XAA = { en = "A" }\nXAA = { en = "A" }', "overwrite a value"),
        ('XAA = { en = "Same" }\nXAB = { en = "sàme" }', "stands for XAA and for XAB"),
        (
            'XAA = { en = "A", tile = [1, 1] }\nXAB = { en = "B", tile = [1, 1] }',
            "the tile [1, 1] stands for",
        ),
        ('XAA = { en = "A", regoin = "north" }', "“regoin” is no language"),
        ("", "has no [countries]"),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, entry: str, reason: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, HEAD + entry)
    assert reason in str(refused.value)
    assert "SUIVI_COUNTRIES" in str(refused.value)


def test_a_list_without_a_day_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no day"):
        read(tmp_path, HEAD.replace("day = 2026-01-01\n", "") + 'XAA = { en = "A" }')
    with pytest.raises(InputRefused, match="neither “tiles” nor “circles”"):
        read(tmp_path, f'shape = "globe"\n{HEAD}XAA = {{ en = "A" }}')
    with pytest.raises(InputRefused, match="cannot be used"):
        read(tmp_path, "alpha2,alpha3,name\nXA,XAA,A\n")
    with pytest.raises(InputRefused, match="No such file"):
        read_countries(tmp_path / "absent.toml")


@given(st.text(max_size=40))
def test_any_word_is_found_or_not_and_never_breaks(word: str) -> None:
    found = read_countries(DEFAULT).find(word, DAY)
    assert found is None or found.holds_on(DAY)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    with pytest.raises(InputRefused):
        read_countries.__wrapped__(path)


def test_the_list_in_the_docs_can_be_used(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "explanation" / "figures.md").read_text(
        encoding="utf-8"
    )
    example = page.split("```toml\n")[1].split("```")[0]
    known = read(tmp_path, example)
    assert known.countries[0].names == {"en": "Marenda"}
    assert known.shape == "circles"
