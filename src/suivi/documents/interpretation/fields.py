"""What a row says of its deliverables: time frame, lead unit, indicator, target, links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from suivi.documents.interpretation.columns import Column
from suivi.documents.interpretation.items import split_inline, split_items, strip_bullet
from suivi.documents.interpretation.outline import Part, Said
from suivi.documents.interpretation.rows import Row
from suivi.documents.interpretation.state import State
from suivi.documents.model import Certainty
from suivi.documents.words.timeframes import is_timeframe, split_run, split_timeframes, trailing_timeframe
from suivi.documents.words.vocabulary import Role
from suivi.findings import Place, Severity
from suivi.values.messages import gettext_noop

_MARKED = re.compile(r"^(?:x{1,4}|[×✕✖✗✓✔√●•■▪◆▲█▓⬛]{1,4}|yes|oui|sí|si|1|\*)$", re.IGNORECASE)
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
FIELD_ROLES = {
    Role.TIMEFRAME: "timeframe",
    Role.START: "start",
    Role.END: "end",
    Role.LEAD: "lead",
    Role.INDICATOR: "indicator",
    Role.TARGET: "target",
    Role.UNIT: "unit",
    Role.LINKS: "links",
}


@dataclass
class Values:
    """What a row says for one field: one or several entries, from which column, inherited or not."""

    index: int
    said: list[Said]


def read_fields(row: Row, state: State) -> dict[str, Values]:
    fields: dict[str, Values] = {}
    for column in state.columns:
        name = FIELD_ROLES.get(column.role)
        if name is None:
            continue
        values = _values(row, column, name, state)
        if not values:
            continue
        if name in fields and name == "timeframe" and (one := _one_time(fields[name].said, values)):
            fields[name].said = [one]
        elif name in fields:
            fields[name].said.extend(values)
        else:
            fields[name] = Values(column.index, values)
    ticked = _ticked(row, state)
    if ticked and "timeframe" not in fields:
        fields["timeframe"] = ticked
    return fields


def _values(row: Row, column: Column, name: str, state: State) -> list[Said]:
    place = row.place_of(column.index)
    paragraphs = row.paragraphs(column.index)
    if row.is_merged(column.index):
        carried = state.carried.get(column.index)
        return (
            [replace(carried, certainty=Certainty.CONCLUDED, why=gettext_noop("a merged cell from above"))]
            if carried
            else []
        )
    if name == "timeframe":
        found = frames_of(paragraphs)
    elif name == "links":
        found = [" \n".join(paragraphs)] if paragraphs else []
    else:
        found = [item.words for item in split_items(paragraphs)] if len(paragraphs) > 1 else list(paragraphs)
    certainty = column.certainty
    said = [
        Said(" ".join(words.split()) if name != "links" else words, place, certainty)
        for words in found
        if words.strip()
    ]
    if name in ("timeframe", "start", "end"):
        said = [_dated(each, column, state) for each in said]
    if name in ("timeframe", "start", "end") and column.heading and "fiscal" in column.heading.casefold():
        said = [replace(each, words=f"fiscal {each.words}") for each in said]
    if said:
        state.carried[column.index] = (
            said[0] if len(said) == 1 else Said("; ".join(s.words for s in said), place)
        )
    else:
        state.carried.pop(column.index, None)
    return said


def frames_of(paragraphs: Sequence[str]) -> list[str]:
    """The time frames of a cell, one by one, without the letters, numbers and bullets in front of them."""
    numbered = [item.words for item in split_inline(" ".join(paragraphs))]
    if numbered and all(is_timeframe(words) for words in numbered):
        return numbered
    listed = [piece for words in paragraphs for piece in re.split(r";\s{1,4}(?=[-–—]\s)", words)]
    bare = [strip_bullet(words) for words in listed]
    return split_timeframes([words for words, _ in bare] if all(mark for _, mark in bare) else paragraphs)


def _one_time(said: list[Said], more: list[Said]) -> Said | None:
    """A year and a part of it that stand in two columns as one time frame: "2024" and "Q2"; else None."""
    if len(said) != 1 or len(more) != 1:
        return None
    year, part = sorted((said[0], more[0]), key=lambda each: not _YEAR.fullmatch(each.words))
    words = f"{part.words} {year.words}"
    if not _YEAR.fullmatch(year.words) or _A_YEAR.search(part.words) or not is_timeframe(words):
        return None
    return replace(part, words=words, why=gettext_noop("a year and a part of it from two columns"))


def _dated(said: Said, column: Column, state: State) -> Said:
    """A part of a year ("Q2") with the year of its heading, or of the title, where it names none."""
    years = set(_A_YEAR.findall(column.heading)) or {state.survey.year}
    year = years.pop() if len(years) == 1 else ""
    if not year or any(figure in said.words for figure in _A_YEAR.findall(said.words)):
        return said
    words = f"{said.words} {year}"
    why = gettext_noop("in the year that the heading or the title names")
    is_part = is_timeframe(words) and not is_timeframe(said.words)
    return replace(said, words=words, certainty=Certainty.CONCLUDED, why=why) if is_part else said


def _ticked(row: Row, state: State) -> Values | None:
    """The first to the last period that is marked in the columns of a calendar."""
    ticks = [column for column in state.columns if column.role is Role.TICK]
    marked = [column for column in ticks if _MARKED.match(row.words(column.index))]
    if not marked:
        return None
    periods = [marked[0].period] if len(marked) == 1 else [marked[0].period, marked[-1].period]
    why = gettext_noop("the periods marked in the calendar of the table")
    year = state.survey.year
    if year and not any(is_timeframe(period) for period in periods):
        periods = [f"{period} {year}" for period in periods]
        why = gettext_noop(
            "the periods marked in the calendar of the table, in the year that the title names"
        )
    said = Said(" - ".join(periods), row.place_of(marked[0].index), Certainty.CONCLUDED, why)
    return Values(marked[0].index, [said])


def match_values(values: Values, count: int, name: str, place: Place, state: State) -> list[Said]:
    """One entry per deliverable: in order where the counts agree, the same for all where there is one."""
    said = values.said
    if len(said) == count:
        return list(said)
    run = split_run(" ".join(each.words for each in said), count) if name == "timeframe" and count > 1 else []
    if run:
        why = gettext_noop("the time frames of the cell, in order")
        return [replace(said[0], words=words, certainty=Certainty.CONCLUDED, why=why) for words in run]
    if len(said) == 1:
        return [said[0]] * count
    if count == 1:
        joined = "; ".join(each.words for each in said)
        return [replace(said[0], words=joined)]
    if name == "timeframe":
        state.ledger.find(
            "timeframes-unmatched",
            Severity.WARNING,
            gettext_noop("%(deliverables)s deliverables share a cell with %(frames)s time frames."),
            place,
            gettext_noop("They were matched in order; check each of them."),
            deliverables=count,
            frames=len(said),
        )
        why = gettext_noop("fewer or more time frames than deliverables: matched in order")
        guessed = [replace(each, certainty=Certainty.GUESSED, why=why) for each in said]
        return (guessed + [guessed[-1]] * count)[:count]
    joined = "; ".join(each.words for each in said)
    return [replace(said[0], words=joined, certainty=Certainty.CONCLUDED)] * count


def single_fields(fields: dict[str, Values]) -> dict[str, Said]:
    why = gettext_noop("said beside the action for what stands below it")
    return {
        name: replace(values.said[0], certainty=Certainty.CONCLUDED, why=why)
        for name, values in fields.items()
        if name != "links"
    }


def serve_fields(row: Row, fields: dict[str, Values], part: Part | None, state: State) -> None:
    if part is None:
        return
    for column in state.columns:
        name = FIELD_ROLES.get(column.role)
        if name in fields and row.words(column.index):
            row.serve(column.index, part, name)
        elif column.role is Role.TICK and "timeframe" in fields and row.words(column.index):
            row.serve(column.index, part, "timeframe")


def add_fields(part: Part, said: dict[str, Said], state: State) -> None:
    fields = {name: value for name, value in said.items() if name != "links"}
    part.fields = {**state.action_fields, **fields}
    part.fields.pop("links", None)
    if "links" in said:
        part.links = [said["links"]]
    if "timeframe" not in part.fields and "end" not in part.fields and "start" not in part.fields:
        trailing = trailing_timeframe(part.words)
        if trailing:
            part.words = trailing[0]
            why = gettext_noop("the time frame stands behind the sentence")
            part.fields["timeframe"] = Said(trailing[1], part.place, Certainty.CONCLUDED, why)
