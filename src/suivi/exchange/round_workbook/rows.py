"""Rows of the workbook from what an update says, and what an update says from rows that came back.

Row ids: "words/KEY", "items/KEY/ITEM", "ladder/KEY//RUNG", "parts/KEY/PART/RUNG", "commitment/KEY",
"indicator/KEY/CATEGORY" (a second value of a category: "#2" behind it), "support/KEY/1". KEY is that of the
deliverable. A free row of items carries the key that a new item gets.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from suivi.exchange.round_workbook.questions import Question
from suivi.exchange.round_workbook.shapes import (
    COMMITMENT,
    INDICATOR,
    ITEMS,
    LADDER,
    PARTS,
    SUPPORT,
    WORDS,
    criterion_field,
)
from suivi.monitoring.models import Assessment, ItemStage, UpdateState
from suivi.monitoring.queries.sheets import SheetOnDay
from suivi.monitoring.rules.content import (
    ItemSaid,
    StepSaid,
    SupportSaid,
    UpdateContent,
    ValueSaid,
    category_key,
)
from suivi.values.text import Text
from suivi.workbooks.answers import Answer, written
from suivi.workbooks.forms import Row

FREE_ITEM_ROWS = 5  # below the items of each deliverable
Answers: TypeAlias = Mapping[str, Any]
Sheet: TypeAlias = SheetOnDay | None


@dataclass(frozen=True)
class RowId:
    """An id taken apart: `rest` names the fact within the deliverable."""

    shape: str
    deliverable: str
    rest: str = ""

    @classmethod
    def of(cls, text: str) -> "RowId":
        shape, _, rest = text.partition("/")
        deliverable, _, rest = rest.partition("/")
        return cls(shape, deliverable, rest)

    def __str__(self) -> str:
        return (
            "/".join((self.shape, self.deliverable, self.rest))
            if self.rest
            else f"{self.shape}/{self.deliverable}"
        )


def rows_of(question: Question, language: str) -> dict[str, list[Row]]:
    """The rows of a deliverable by the shape of their sheet, with what the record says now."""
    writer = _RowWriter(question, language)
    shape = question.sheet.kind if question.sheet else ""
    found = {WORDS: [writer.words()], SUPPORT: list(writer.support())}
    if shape:
        found[shape] = list(writer.facts(shape))
    return found


def content_from(said: UpdateContent, sheet: SheetOnDay | None, rows: Mapping[str, Answers]) -> UpdateContent:
    """What an update says once these rows, by their ids, stand in it.

    Rows that were emptied come last and from below, so that no other row changes its number before its turn.
    """
    filled = [row_id for row_id, answers in rows.items() if is_filled(answers)]
    emptied = [row_id for row_id in rows if row_id not in set(filled)]
    for row_id in (*filled, *reversed(emptied)):
        part, answers = RowId.of(row_id), rows[row_id]
        said = _TAKERS[part.shape](said, part.rest, answers, sheet)
    return said


def is_filled(answers: Answers) -> bool:
    """Whether any cell of a row says something; the number 0 does."""
    return any(answer not in ("", None, ()) for answer in answers.values())


class _RowWriter:
    """Writes the rows of one deliverable."""

    def __init__(self, question: Question, language: str) -> None:
        self.question, self.language = question, language
        row = question.row
        self.head = {"number": row.number, "title": (row.title or row.text).shown(language).text}

    def words(self) -> Row:
        said = self.question.said
        return self._row(
            WORDS, "",
            {"state": self._state(), "previous": self._narrative()},
            {
                "reported_on": said.reported_on,
                "narrative": said.narrative,
                "no_change": "yes" if said.is_no_change else "",
                "difficulties": said.difficulties,
                "assessment": said.assessment,
                "assessment_reason": said.assessment_reason,
                "expected_on": said.expected_on,
                "is_public": "yes" if said.is_public else "",
            },
        )  # fmt: skip

    def facts(self, shape: str) -> Iterator[Row]:
        write: dict[str, Callable[[], Iterator[Row]]] = {
            ITEMS: self._items,
            LADDER: lambda: self._steps(LADDER, [("", "")]),
            PARTS: lambda: self._steps(PARTS, self._parts()),
            COMMITMENT: self._commitment,
            INDICATOR: self._values,
        }
        return write[shape]()

    def support(self) -> Iterator[Row]:
        for number, said in enumerate((*self.question.said.support, SupportSaid()), 1):
            answers = {"text": said.text, "owner_unit": said.owner_unit, "due_on": said.due_on}
            yield self._row(SUPPORT, str(number), {}, answers)

    def _row(self, shape: str, rest: str, shown: Mapping[str, Any], answers: Mapping[str, Answer]) -> Row:
        row_id = str(RowId(shape, self.question.key, rest))
        return Row(row_id, {**self.head, **shown}, answers, closed=not self.question.is_open)

    def _state(self) -> str:
        update = self.question.update
        if not self.question.kind:
            return _("nothing to answer for")
        words = UpdateState(update.state).label if update else pgettext("an update", "not started")
        return f"{words}: {self.question.returned_because}" if self.question.returned_because else str(words)

    def _narrative(self) -> str:
        before = self.question.before
        if before is None:
            return ""
        assessment = f" ({Assessment(before.assessment).label})" if before.assessment else ""
        return f"{before.reported_on.isoformat()}{assessment}: {before.narrative}"

    def _items(self) -> Iterator[Row]:
        sheet, said = self.question.sheet, {one.key: one for one in self.question.said.items}
        criteria = sheet.criteria if sheet else ()
        words = {criterion_field(n): self._shown(one["text"]) for n, one in enumerate(criteria)}
        yield Row("", {**self.head, **words})
        before = self.question.items
        for key, item in {**before, **said}.items():
            yield self._row(ITEMS, key, {"previous": _stage(before.get(key))}, item_answers(item, sheet))
        for _n in range(FREE_ITEM_ROWS if self.question.is_open else 0):
            yield self._row(ITEMS, str(uuid.uuid4()), {}, item_answers(ItemSaid(), sheet))

    def _steps(self, shape: str, parts: Iterable[tuple[str, str]]) -> Iterator[Row]:
        sheet = self.question.sheet
        said = {(one.part, one.rung): one.happened_on for one in self.question.said.steps}
        for part, name in parts:
            for rung in sheet.ladder.rungs if sheet and sheet.ladder else ():
                meaning, outside = (one.shown(self.language).text for one in (rung.meaning, rung.outside))
                yield self._row(
                    shape, f"{part}/{rung.key}",
                    {
                        "part": name,
                        "step": rung.name.shown(self.language).text,
                        "meaning": f"{meaning} ({outside})" if outside else meaning,
                        "previous": self.question.steps.get((part, rung.key)),
                    },
                    {"happened_on": said.get((part, rung.key))},
                )  # fmt: skip

    def _parts(self) -> Iterator[tuple[str, str]]:
        for part in self.question.sheet.parts if self.question.sheet else ():
            yield part.key, part.name.shown(self.language).text

    def _commitment(self) -> Iterator[Row]:
        before = self.question.before
        yield self._row(
            COMMITMENT, "",
            {"previous": _yes_no(before.is_commitment_kept) if before else ""},
            {"kept": _flag(self.question.said.is_commitment_kept)},
        )  # fmt: skip

    def _values(self) -> Iterator[Row]:
        sheet = self.question.sheet
        if sheet is None:
            return
        said = _numbered(self.question.said.values)
        so_far = self.question.before.values if self.question.before else ()
        before = {category_key(one.category): one for one in so_far}
        for category, words in categories_of(sheet, self.language):
            for rest, value in said.get(category, {category: ValueSaid()}).items():
                baseline = written(sheet.baseline) if not category else ""
                shown = {"category": words, "baseline": baseline, "previous": _value(before.get(category))}
                yield self._row(INDICATOR, rest or "-", shown, _value_answers(value))

    def _shown(self, text: Mapping[str, Any]) -> str:
        return Text.from_json(text).shown(self.language).text


def item_answers(item: ItemSaid, sheet: SheetOnDay | None) -> dict[str, Answer]:
    """The cells of an item."""
    answers: dict[str, Answer] = {
        "name": item.name,
        "stage": item.stage,
        "happened_on": item.happened_on,
        "expected_on": item.expected_on,
        "partners": item.partners,
        "countries": item.countries,
        "regions": item.regions,
        "groups": item.groups,
    }
    keys = sheet.criterion_keys if sheet else ()
    return answers | {criterion_field(n): _flag(item.criteria.get(key)) for n, key in enumerate(keys)}


def categories_of(sheet: SheetOnDay, language: str) -> Iterator[tuple[str, str]]:
    """The total and the values of each dimension: key of the category and its words."""
    yield "", _("total")
    for dimension in sheet.dimensions:
        name = Text.from_json(dimension["name"]).shown(language).text
        for value in dimension["values"]:
            words = Text.from_json(value["name"]).shown(language).text
            yield category_key({dimension["key"]: value["key"]}), f"{name}: {words}"


def _numbered(values: Iterable[ValueSaid]) -> dict[str, dict[str, ValueSaid]]:
    """Values by category, each under the end of its row id."""
    found: dict[str, dict[str, ValueSaid]] = {}
    for value in values:
        category = category_key(value.category)
        held = found.setdefault(category, {})
        held[category if not held else f"{category}#{len(held) + 1}"] = value
    return found


def _value_answers(value: ValueSaid) -> dict[str, Answer]:
    return {
        "happened_on": value.happened_on,
        "value": value.value,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "differs_because": value.differs_because,
    }


def _take_words(said: UpdateContent, _rest: str, answers: Answers, _sheet: Sheet) -> UpdateContent:
    return replace(
        said,
        reported_on=answers["reported_on"] or said.reported_on,
        narrative=answers["narrative"],
        is_no_change=answers["no_change"] == "yes",
        difficulties=answers["difficulties"],
        assessment=answers["assessment"],
        assessment_reason=answers["assessment_reason"],
        expected_on=answers["expected_on"],
        is_public=answers["is_public"] == "yes",
    )


def _take_item(said: UpdateContent, rest: str, answers: Answers, sheet: Sheet) -> UpdateContent:
    keys = sheet.criterion_keys if sheet else ()
    flags = {key: answers.get(criterion_field(n), "") for n, key in enumerate(keys)}
    item = ItemSaid(
        key=rest,
        name=answers["name"],
        stage=answers["stage"],
        happened_on=answers["happened_on"],
        expected_on=answers["expected_on"],
        partners=answers["partners"],
        countries=answers["countries"],
        regions=answers["regions"],
        groups=answers["groups"],
        criteria={key: flag == "yes" for key, flag in flags.items() if flag},
    )
    return replace(
        said, items=_put(said.items, lambda one: one.key == rest, item if any(answers.values()) else None)
    )


def _take_step(said: UpdateContent, rest: str, answers: Answers, _sheet: Sheet) -> UpdateContent:
    part, _, rung = rest.partition("/")
    day = answers["happened_on"]
    step = StepSaid(part, rung, day) if day else None
    return replace(said, steps=_put(said.steps, lambda one: (one.part, one.rung) == (part, rung), step))


def _take_commitment(said: UpdateContent, _rest: str, answers: Answers, _sheet: Sheet) -> UpdateContent:
    return replace(said, is_commitment_kept={"yes": True, "no": False}.get(answers["kept"]))


def _take_value(said: UpdateContent, rest: str, answers: Answers, _sheet: Sheet) -> UpdateContent:
    rest = "" if rest == "-" else rest
    category = rest.partition("#")[0]
    old = _numbered(said.values).get(category, {}).get(rest)
    named = dict(part.split("=", 1) for part in category.split(",") if part)
    value = (
        ValueSaid(**answers, category=named)
        if any(one not in ("", None) for one in answers.values())
        else None
    )
    return replace(said, values=_put(said.values, lambda one: one is old, value))


def _take_support(said: UpdateContent, rest: str, answers: Answers, _sheet: Sheet) -> UpdateContent:
    position = int(rest) - 1
    old = said.support[position] if position < len(said.support) else None
    return replace(
        said,
        support=_put(
            said.support, lambda one: one is old, SupportSaid(**answers) if any(answers.values()) else None
        ),
    )


def _put(facts: tuple[Any, ...], is_it: Callable[[Any], bool], new: Any | None) -> tuple[Any, ...]:
    """The facts with the one that is meant replaced, taken out (`new` None) or added at the end."""
    kept = [(new if is_it(one) else one) for one in facts]
    if new is not None and not any(is_it(one) for one in facts):
        kept.append(new)
    return tuple(one for one in kept if one is not None)


_TAKERS: dict[str, Callable[[UpdateContent, str, Answers, SheetOnDay | None], UpdateContent]] = {
    WORDS: _take_words,
    ITEMS: _take_item,
    LADDER: _take_step,
    PARTS: _take_step,
    COMMITMENT: _take_commitment,
    INDICATOR: _take_value,
    SUPPORT: _take_support,
}


def _flag(value: bool | None) -> str:
    return {True: "yes", False: "no"}.get(value, "") if value is not None else ""


def _yes_no(value: bool | None) -> str:
    return {"yes": _("yes"), "no": _("no")}.get(_flag(value), "")


def _stage(item: ItemSaid | None) -> str:
    if item is None:
        return ""
    day = f", {item.happened_on.isoformat()}" if item.happened_on else ""
    return f"{ItemStage(item.stage).label}{day}"


def _value(value: ValueSaid | None) -> str:
    if value is None or value.value is None:
        return ""
    day = f" ({value.happened_on.isoformat()})" if value.happened_on else ""
    return f"{written(Decimal(value.value))}{day}"
