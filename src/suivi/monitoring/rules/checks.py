"""What has to be right in an update before it is sent: findings on its content, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from suivi.findings import Finding, Place, Severity
from suivi.monitoring.rules.content import ItemSaid, UpdateContent, ValueSaid, category_key
from suivi.values.errors import RuleBroken
from suivi.values.messages import Message, gettext_noop
from suivi.values.signs import sign_that_is_no_writing

STAGES = ("identified", "negotiation", "concluded", "dropped")
ASSESSMENTS = ("on_track", "at_risk", "off_track", "achieved")


@dataclass(frozen=True)
class SheetFacts:
    """What a reference sheet asks for: the keys of parts, steps, criteria, and of dimensions their values.

    `kind` is empty where no sheet says how the deliverable progresses.
    """

    kind: str = ""
    parts: frozenset[str] = frozenset()
    rungs: frozenset[str] = frozenset()
    criteria: frozenset[str] = frozenset()
    dimensions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_ratio: bool = False


class ContentRefused(RuleBroken):
    """An update cannot be sent as it stands. `findings` say what is missing or wrong, and where."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0].message
        super().__init__(first.template, first.params, findings[0].hint.template)
        self.findings = findings


def check_content(content: UpdateContent, sheet: SheetFacts, today: date) -> list[Finding]:
    """What keeps an update from being sent. The place of a finding names the field as `Difference.field`."""
    return [
        *_check_words(content, today),
        *_check_signs(content),
        *_check_kind(content, sheet),
        *(found for item in content.items for found in _check_item(item, sheet, content.reported_on)),
        *_check_steps(content, sheet),
        *_check_values(content, sheet),
        *_check_support(content),
    ]


def _check_words(content: UpdateContent, today: date) -> Iterator[Finding]:
    if content.reported_on > today:
        yield _error(
            "reported-in-future",
            "reported_on",
            gettext_noop("The update speaks of a day that has not come."),
            gettext_noop("Name the last day of which it speaks, today at the latest."),
        )
    if not content.narrative.strip():
        yield _error(
            "no-narrative",
            "narrative",
            gettext_noop("The update says nothing in words."),
            gettext_noop("Write in a sentence what was done."),
        )
    if content.assessment not in {"", *ASSESSMENTS}:
        yield _error("unknown-assessment", "assessment", gettext_noop("There is no such assessment."))
    if content.assessment and not content.assessment_reason.strip():
        yield _error(
            "assessment-without-reason",
            "assessment_reason",
            gettext_noop("The assessment has no reason."),
            gettext_noop("Write in a sentence why."),
        )


def _check_signs(content: UpdateContent) -> Iterator[Finding]:
    """Control characters, which come in by copying and are no writing."""
    told = {name: value for name, value in content.to_json().items() if name != "items"}
    told |= {f"item:{item.key or item.name}/name": (item.name, item.partners) for item in content.items}
    for at, value in told.items():
        if found := sign_that_is_no_writing(value):
            yield _error(
                "control-character",
                at,
                gettext_noop("A control character (%(code)s) stands after “%(before)s”."),
                gettext_noop("Delete it."),
                {"code": found[0], "before": found[1]},
            )


def _check_kind(content: UpdateContent, sheet: SheetFacts) -> Iterator[Finding]:
    """Facts of another kind than the sheet asks for, and a commitment that is not confirmed."""
    for name, kinds in (("items", {"items"}), ("steps", {"ladder", "parts"}), ("values", {"indicator"})):
        if getattr(content, name) and sheet.kind not in kinds:
            yield _error(
                "facts-of-another-kind",
                name,
                gettext_noop("The reference sheet does not ask for this."),
                gettext_noop("Take it out, or ask the plan manager to change the sheet."),
            )
    if sheet.kind == "commitment" and content.is_commitment_kept is None:
        yield _error(
            "commitment-not-confirmed",
            "is_commitment_kept",
            gettext_noop("It is not said whether the commitment is kept."),
            gettext_noop("Choose yes or no."),
        )


def _check_item(item: ItemSaid, sheet: SheetFacts, reported_on: date) -> Iterator[Finding]:
    at = f"item:{item.key or item.name}"
    if not item.name.strip():
        yield _error(
            "item-without-name", f"{at}/name", gettext_noop("An item has no name."), _WRITE_OR_TAKE_OUT
        )
    if item.stage not in STAGES:
        yield _error(
            "item-without-stage",
            f"{at}/stage",
            gettext_noop("An item has no stage."),
            gettext_noop("Choose one."),
        )
    yield from _check_day(item.happened_on, reported_on, f"{at}/happened_on")
    if set(item.criteria) - sheet.criteria:
        yield _error(
            "unknown-criterion", f"{at}/criteria", gettext_noop("The reference sheet has no such criterion.")
        )


def _check_steps(content: UpdateContent, sheet: SheetFacts) -> Iterator[Finding]:
    seen = set()
    for step in content.steps:
        at = f"step:{step.part}/{step.rung}"
        if step.rung not in sheet.rungs or step.part not in (sheet.parts if sheet.kind == "parts" else {""}):
            yield _error("unknown-step", at, gettext_noop("The reference sheet has no such step."))
        if (step.part, step.rung) in seen:
            yield _error("step-twice", at, gettext_noop("The same step stands here twice."), _TAKE_ONE_OUT)
        seen.add((step.part, step.rung))
        yield from _check_day(step.happened_on, content.reported_on, f"{at}/happened_on")


def _check_values(content: UpdateContent, sheet: SheetFacts) -> Iterator[Finding]:
    seen = set()
    for value in content.values:
        at = f"value:{value.happened_on or ''}/{category_key(value.category)}"
        if at in seen:
            yield _error("value-twice", at, gettext_noop("The same value stands here twice."), _TAKE_ONE_OUT)
        seen.add(at)
        yield from _check_day(value.happened_on, content.reported_on, f"{at}/happened_on")
        yield from _check_number(value, sheet, at)
        for dimension, said in value.category.items():
            if said not in sheet.dimensions.get(dimension, frozenset()):
                yield _error(
                    "unknown-category",
                    at,
                    gettext_noop("The reference sheet asks for no such part of the value."),
                )
    for day in sorted({value.happened_on for value in content.values if value.happened_on}):
        yield from _check_sums([value for value in content.values if value.happened_on == day], sheet)


def _check_number(value: ValueSaid, sheet: SheetFacts, at: str) -> Iterator[Finding]:
    numbers = [value.value, value.numerator, value.denominator]
    if any(n is not None and n != n.quantize(Decimal("0.0001")) for n in numbers):
        yield _error(
            "too-many-places", f"{at}/value", gettext_noop("A value has more than four decimal places.")
        )
    if not sheet.is_ratio:
        if value.value is None:
            yield _error("no-value", f"{at}/value", gettext_noop("A value is missing."), _WRITE_OR_TAKE_OUT)
    elif value.numerator is None or not value.denominator:
        yield _error(
            "no-ratio",
            f"{at}/denominator",
            gettext_noop("A ratio needs its numerator and a denominator that is not zero."),
            _WRITE_OR_TAKE_OUT,
        )


def _check_sums(values: list[ValueSaid], sheet: SheetFacts) -> Iterator[Finding]:
    """The parts of each dimension add up to the total of the day, or the total says why not."""
    total = next((value for value in values if not value.category), None)
    if total is None or total.differs_because.strip():
        return
    for dimension in sheet.dimensions:
        parts = [value for value in values if set(value.category) == {dimension}]
        if parts and any(_sum(parts, name) != getattr(total, name) for name in _added(sheet)):
            yield _error(
                "parts-do-not-add-up",
                f"value:{total.happened_on}//differs_because",
                gettext_noop("The parts do not add up to the total."),
                gettext_noop("Correct the numbers, or write why they differ."),
            )


def _added(sheet: SheetFacts) -> tuple[str, ...]:
    return ("numerator", "denominator") if sheet.is_ratio else ("value",)


def _sum(values: Iterable[ValueSaid], name: str) -> Decimal:
    return sum((getattr(value, name) or Decimal(0) for value in values), Decimal(0))


def _check_support(content: UpdateContent) -> Iterator[Finding]:
    for support in content.support:
        if not support.text.strip():
            yield _error(
                "support-without-words",
                "support:/text",
                gettext_noop("It is not said which support is needed."),
                _WRITE_OR_TAKE_OUT,
            )


def _check_day(day: date | None, reported_on: date, at: str) -> Iterator[Finding]:
    if day is None:
        yield _error(
            "no-day", at, gettext_noop("A day is missing."), gettext_noop("Say on which day it happened.")
        )
    elif day > reported_on:
        yield _error(
            "happened-later",
            at,
            gettext_noop("Something happened after the day of which the update speaks."),
            gettext_noop("Correct the day, or let the update speak of a later one."),
        )


_WRITE_OR_TAKE_OUT = gettext_noop("Write it, or take the row out.")
_TAKE_ONE_OUT = gettext_noop("Take one of them out.")


def _error(
    code: str, at: str, template: str, hint: str = "", params: Mapping[str, object] | None = None
) -> Finding:
    return Finding(code, Severity.ERROR, Message(template, params or {}), Place(cell=at), Message(hint))
