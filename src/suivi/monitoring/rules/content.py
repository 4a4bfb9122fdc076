"""What an update says, in one shape for pages, workbook, tracker, command line and demonstration.

Facts are named by keys and never by rows of the database: an item by its key, a step by the keys of part and
rung, a value by its day and category. The shape travels as JSON, and two of them can be compared.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, get_args, get_type_hints

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

Said = TypeVar("Said")


@dataclass(frozen=True)
class ItemSaid:
    """What is said of one counted item.

    `key` is empty for one that has no key yet; a key that nobody used before makes a new item with it.
    `countries`, `regions` and `groups` are keys; `criteria` is what the unit claims, criterion to yes or no.
    """

    key: str = ""
    name: str = ""
    stage: str = ""
    happened_on: date | None = None
    expected_on: date | None = None
    partners: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    criteria: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class StepSaid:
    """A step that was reached, of the whole (`part` empty) or of a part; both by their keys."""

    part: str = ""
    rung: str = ""
    happened_on: date | None = None


@dataclass(frozen=True)
class ValueSaid:
    """An indicator value of a day. Of a ratio, `value` follows from numerator and denominator."""

    happened_on: date | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    category: Mapping[str, str] = field(default_factory=dict)
    differs_because: str = ""


@dataclass(frozen=True)
class SupportSaid:
    """Help that is asked for, from which unit (its key), by when."""

    text: str = ""
    owner_unit: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class EvidenceSaid:
    """Evidence by its key, and what it shows: "" for all of it, "item:KEY", "step:PART/RUNG", "value"."""

    key: str = ""
    about: str = ""


@dataclass(frozen=True)
class UpdateContent:
    """All that an update says, in one language. What is empty is not said."""

    reported_on: date
    language: str
    narrative: str = ""
    difficulties: str = ""
    assessment: str = ""
    assessment_reason: str = ""
    expected_on: date | None = None
    is_commitment_kept: bool | None = None
    is_no_change: bool = False
    is_public: bool = False
    items: tuple[ItemSaid, ...] = ()
    steps: tuple[StepSaid, ...] = ()
    values: tuple[ValueSaid, ...] = ()
    support: tuple[SupportSaid, ...] = ()
    evidence: tuple[EvidenceSaid, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data: days in ISO form, numbers as text, so that nothing is rounded."""
        plain: dict[str, Any] = _plain(self)
        return plain

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "UpdateContent":
        """The content from plain data. Raises InputRefused for data of another shape."""
        return _read(cls, data)

    @property
    def has_facts(self) -> bool:
        """Whether it says anything that a state could rest on."""
        return bool(self.items or self.steps or self.values) or self.is_commitment_kept is not None


@dataclass(frozen=True)
class Difference:
    """One place where two contents differ; None stands for what one of them does not say.

    `field` is a name of UpdateContent, or names a fact: "item:KEY" (added or left out), "item:KEY/stage",
    "step:PART/RUNG", "value:DAY/CATEGORY/numerator", "support:TEXT/due_on", "evidence:KEY/ABOUT".
    """

    field: str
    before: Any
    after: Any


def differences(before: UpdateContent, after: UpdateContent) -> list[Difference]:
    """Where two contents differ, field by field and fact by fact, in the order in which they are shown."""
    found = [
        Difference(name, getattr(before, name), getattr(after, name))
        for name in _SINGLE
        if getattr(before, name) != getattr(after, name)
    ]
    for name, key_of in _KEYS.items():
        found += _differing_facts(_keyed(getattr(before, name), key_of), _keyed(getattr(after, name), key_of))
    return found


def category_key(category: Mapping[str, str]) -> str:
    """A category of a value as one word: "" for the total, "sex=women,age=young" sorted by dimension."""
    return ",".join(f"{dimension}={value}" for dimension, value in sorted(category.items()))


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """A ratio in percent, to the four places that are kept. The denominator is not zero."""
    return (numerator * 100 / denominator).quantize(Decimal("0.0001")).normalize() + 0


def _item_key(item: ItemSaid) -> str:
    return f"item:{item.key or item.name}"


def _step_key(step: StepSaid) -> str:
    return f"step:{step.part}/{step.rung}"


def _value_key(value: ValueSaid) -> str:
    return f"value:{value.happened_on or ''}/{category_key(value.category)}"


_KEYS: dict[str, Callable[[Any], str]] = {
    "items": _item_key,
    "steps": _step_key,
    "values": _value_key,
    "support": lambda one: f"support:{one.text}",
    "evidence": lambda one: f"evidence:{one.key}/{one.about}",
}
_SINGLE = tuple(one.name for one in fields(UpdateContent) if one.name not in _KEYS)


def _keyed(facts: Iterable[Any], key_of: Callable[[Any], str]) -> dict[str, Any]:
    return {key_of(fact): fact for fact in facts}


def _differing_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    found = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        if old is None or new is None:
            found.append(Difference(key, old, new))
            continue
        found += [
            Difference(f"{key}/{one.name}", getattr(old, one.name), getattr(new, one.name))
            for one in fields(old)
            if getattr(old, one.name) != getattr(new, one.name)
        ]
    return found


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(kind: type[Said], data: Any) -> Said:
    """One of the shapes above from plain data; what is not said keeps its default."""
    names = get_type_hints(kind)
    if not isinstance(data, Mapping) or not set(data) <= set(names):
        raise _refused(kind.__name__)
    try:
        return kind(**{name: _value(names[name], name, said) for name, said in data.items()})
    except (TypeError, ValueError, InvalidOperation, AttributeError) as error:
        raise _refused(kind.__name__) from error


def _value(hint: Any, name: str, said: Any) -> Any:
    """What is said in one field, as the value that the field keeps."""
    if name in _FACTS:
        return tuple(_read(_FACTS[name], one) for one in _exactly(list)(said))
    if type(None) in get_args(hint):
        return None if said is None else _CONVERTERS[get_args(hint)[0]](said)
    return _CONVERTERS[hint](said)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def check(said: Any) -> Any:
        if not isinstance(said, kind):
            raise TypeError(said)
        return said

    return check


def _decimal(said: Any) -> Decimal:
    number = Decimal(_exactly(str)(said))
    if not number.is_finite():
        raise ValueError(said)
    return number


_FACTS: dict[str, type] = {
    "items": ItemSaid,
    "steps": StepSaid,
    "values": ValueSaid,
    "support": SupportSaid,
    "evidence": EvidenceSaid,
}
_CONVERTERS: dict[Any, Callable[[Any], Any]] = {
    str: _exactly(str),
    bool: _exactly(bool),
    date: date.fromisoformat,
    Decimal: _decimal,
    tuple[str, ...]: lambda said: tuple(_exactly(str)(one) for one in _exactly(list)(said)),
    Mapping[str, bool]: lambda said: {_exactly(str)(k): _exactly(bool)(v) for k, v in said.items()},
    Mapping[str, str]: lambda said: {_exactly(str)(k): _exactly(str)(v) for k, v in said.items()},
}


def _refused(shape: str) -> InputRefused:
    return InputRefused(
        gettext_noop("What should be an update cannot be read (%(shape)s)."),
        {"shape": shape},
        gettext_noop("Open the page again and enter it there."),
    )
