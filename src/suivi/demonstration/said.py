"""What an invented update says: a compact row of the data files as the content that all doors use."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from suivi.demonstration.data_files import read
from suivi.monitoring.rules.content import (
    EvidenceSaid,
    ItemSaid,
    StepSaid,
    SupportSaid,
    UpdateContent,
    ValueSaid,
)


def item_key(number: str, name: str) -> str:
    """The key of a counted item: always the same for the same name."""
    return str(uuid5(NAMESPACE_URL, f"https://example.org/woliv/{number}/{name}"))


def content_of_row(
    row: Mapping[str, Any], language: str, up_to: date, evidence: Mapping[str, UUID]
) -> UpdateContent:
    """What a row says. `evidence` gives, by its key in the data file, the key in the record."""
    assessment, reason = row.get("own", ("", ""))
    return UpdateContent(
        reported_on=row.get("up_to", up_to),
        language=language,
        narrative=row["said"],
        difficulties=row.get("hard", ""),
        assessment=assessment,
        assessment_reason=reason,
        expected_on=row.get("expected"),
        is_commitment_kept=row.get("kept"),
        is_public=row.get("public", False),
        items=tuple(_item(row["of"], one, language) for one in row.get("items", [])),
        steps=tuple(_step(one) for one in row.get("steps", [])),
        values=tuple(_value(one) for one in row.get("values", [])),
        support=tuple(_support(one) for one in row.get("support", [])),
        evidence=tuple(_evidence(row["of"], row.get("proof", {}), evidence)),
    )


def confirmed_of(row: Mapping[str, Any], content: UpdateContent) -> dict[str, dict[str, bool]]:
    """What the reviewer confirms of each item: what the unit claims, but for the named criteria."""
    refused = {item_key(row["of"], name): keys for name, keys in row.get("not_confirmed", {}).items()}
    return {
        item.key: {
            name: claimed and name not in refused.get(item.key, []) for name, claimed in item.criteria.items()
        }
        for item in content.items
    }


def _item(number: str, said: Mapping[str, Any], language: str) -> ItemSaid:
    """An item as it stands, with what the data file knows of it; a concluded one claims all criteria."""
    known = read("items.yaml")[number][said["key"]]
    item = ItemSaid(
        key=item_key(number, said["key"]),
        name=known["name"][language],
        stage=said["stage"],
        happened_on=said["since"],
        expected_on=said.get("expected"),
        partners=tuple(known.get("with", [])),
        countries=tuple(known.get("countries", [])),
        regions=tuple(known.get("regions", [])),
        groups=tuple(known.get("groups", [])),
    )
    if item.stage != "concluded":
        return item
    criteria = read("sheets.yaml")["sheets"][number]["criteria"]
    return replace(item, criteria={one["key"]: True for one in criteria})


def _step(said: list[Any]) -> StepSaid:
    """[rung, day], or [part, rung, day]."""
    *part, rung, day = said
    return StepSaid("".join(part), rung, day)


def _value(said: Mapping[str, Any]) -> ValueSaid:
    """A day with a value or a share; every other word is a dimension of the sheet and its value."""
    numerator, denominator = said.get("share", (None, None))
    return ValueSaid(
        happened_on=said["day"],
        value=_number(said.get("value")),
        numerator=_number(numerator),
        denominator=_number(denominator),
        category={name: said[name] for name in said if name not in {"day", "value", "share", "differs"}},
        differs_because=said.get("differs", ""),
    )


def _number(said: int | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def _support(said: Mapping[str, Any]) -> SupportSaid:
    return SupportSaid(said["text"], said["from"], said["due"])


def _evidence(number: str, proof: Mapping[str, str], evidence: Mapping[str, UUID]) -> Iterable[EvidenceSaid]:
    for key, about in proof.items():
        name = about.removeprefix("item:")
        shown = about if name == about else f"item:{item_key(number, name)}"
        yield EvidenceSaid(str(evidence[key]), shown)
