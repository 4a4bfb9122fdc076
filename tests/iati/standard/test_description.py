"""The description of the standard says what the schemas say."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from suivi.iati.schemas import schema
from suivi.iati.standard import Element, Kind, standard
from suivi.iati.standard.values import text_of, value_of
from tests.iati.invented import ODD, minimal

ROOTS = [pytest.param(root, id=name) for name, root in standard().items()]


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("everything", [False, True])
def test_what_it_calls_complete_is_valid(root: Element, everything: bool) -> None:
    xml = minimal(root, everything=everything)
    schema(root.name).assertValid(xml)
    assert len(list(xml.iter())) >= 7


@pytest.mark.parametrize("root", ROOTS)
def test_each_child_may_be_repeated_exactly_where_it_says_so(root: Element) -> None:
    for spec in root.walk():
        for child in spec.children.values():
            xml = minimal(root, everything=True)
            place = xml.find(_below(spec, root)) if spec is not root else xml
            first = place.find(child.name)
            first.addnext(etree.fromstring(etree.tostring(first, with_tail=False)))
            assert schema(root.name).validate(xml) is child.is_repeatable, child.path


@pytest.mark.parametrize("root", ROOTS)
def test_each_part_may_be_left_out_exactly_where_it_says_so(root: Element) -> None:
    for spec in root.walk():
        for child in spec.children.values():
            xml = minimal(root, everything=True)
            place = xml.find(_below(spec, root)) if spec is not root else xml
            place.remove(place.find(child.name))
            assert schema(root.name).validate(xml) is not child.is_required, child.path
        for key, attribute in spec.attributes.items():
            xml = minimal(root, everything=True)
            place = xml.find(_below(spec, root)) if spec is not root else xml
            del place.attrib[key]
            assert schema(root.name).validate(xml) is not attribute.is_required, (spec.path, key)


def _below(spec: Element, root: Element) -> str:
    return spec.path.removeprefix(f"{root.path}/")


@pytest.mark.reference
def test_it_has_every_path_of_the_reference(reference_dir: Path) -> None:
    known = {
        path
        for root in standard().values()
        for spec in root.walk()
        for path in (spec.path, *(f"{spec.path}/@{one.name}" for one in spec.attributes.values()))
    }
    wanted = json.loads((reference_dir / "iati" / "paths-2.03.json").read_text(encoding="utf-8"))
    assert known == {one["path"] for paths in wanted.values() for one in paths}


def test_a_sector_is_taken_from_the_list_of_its_vocabulary() -> None:
    sector = standard()["iati-activities"].children["iati-activity"].children["sector"]
    assert [(one.name, one.vocabulary, one.is_default) for one in sector.attributes["code"].lists] == [
        ("Sector", "1", True),
        ("SectorCategory", "2", False),
        ("UNSDG-Goals", "7", False),
        ("UNSDG-Targets", "8", False),
    ]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("text", ODD)
def test_the_plain_form_of_a_value_means_the_same_value(kind: Kind, text: str) -> None:
    value = value_of(kind, text)
    if value is not None:
        assert value_of(kind, text_of(value)) == value
        assert not isinstance(value, Decimal) or "E" not in text_of(value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.DECIMAL, "1E3"),
        (Kind.DECIMAL, "1,000"),
        (Kind.DECIMAL, "NaN"),
        (Kind.DECIMAL, "١٢"),
        (Kind.DATE, "2024-02-30"),
        (Kind.DATE, "2024-1-1"),
        (Kind.MOMENT, "2024-02-29"),
        (Kind.BOOLEAN, "TRUE"),
        (Kind.POSITIVE, "2,024"),
    ],
)
def test_what_is_not_of_the_type_is_not_guessed(kind: Kind, text: str) -> None:
    assert value_of(kind, text) is None
