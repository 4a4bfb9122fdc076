"""Correcting a reading row by row: each change gives a new plan and leaves the old one alone.

A row is named by its level and its number, with "~2" behind the second row of the same number, so that rows
whose numbers clash can be told apart and mended.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from suivi.documents.comparison import Part
from suivi.documents.model import Action, Deliverable, Pillar, PlanDocument
from suivi.findings import Finding, Severity
from suivi.values.errors import NotFound, RuleBroken
from suivi.values.messages import Message, gettext_noop

LEVELS = ("pillar", "action", "deliverable")
ABOVE = {"action": "pillar", "deliverable": "action"}


def rows_of(plan: PlanDocument) -> Iterator[tuple[str, str, Part]]:
    """Level, name and part of every row, in the order of the plan."""
    seen: Counter[tuple[str, str]] = Counter()
    for level, part in _parts(plan):
        seen[level, part.number] += 1
        count = seen[level, part.number]
        yield level, part.number if count == 1 else f"{part.number}~{count}", part


def _parts(plan: PlanDocument) -> Iterator[tuple[str, Part]]:
    for pillar in plan.pillars:
        yield "pillar", pillar
        for action in pillar.actions:
            yield "action", action
            for deliverable in action.deliverables:
                yield "deliverable", deliverable


def find_row(plan: PlanDocument, level: str, name: str) -> Part:
    """The row with this name. Raises NotFound."""
    for found, called, part in rows_of(plan):
        if (found, called) == (level, name):
            return part
    raise NotFound(
        gettext_noop("The reading has no %(level)s %(name)s."),
        {"level": level, "name": name},
        gettext_noop("It may have been renumbered or removed; look at the draft."),
    )


def above_of(plan: PlanDocument, level: str, name: str) -> str:
    """The name of the row that a row stands under; empty for a pillar."""
    last: dict[str, str] = {}
    for found, called, _part in rows_of(plan):
        if (found, called) == (level, name):
            return last.get(ABOVE[level], "") if level in ABOVE else ""
        last[found] = called
    return ""


def replace_row(plan: PlanDocument, level: str, name: str, part: Part, under: str = "") -> PlanDocument:
    """The plan with another part in this row; `under` names the row it moves to, if it moves."""
    changed = _copied(plan)
    old = find_row(changed, level, name)
    members = _siblings(changed, old)
    target = _members(changed, level, under) if under else members
    if target is members:
        members[_position(members, old)] = part
    else:
        members.pop(_position(members, old))
        target.append(part)
    return changed


def remove_row(plan: PlanDocument, level: str, name: str) -> PlanDocument:
    """The plan without this row. One that others stand under is refused, so that nothing goes unnoticed."""
    changed = _copied(plan)
    part = find_row(changed, level, name)
    below = 0 if isinstance(part, Deliverable) else len(_below(part))
    if below:
        raise RuleBroken(
            gettext_noop("%(count)s rows stand under %(name)s."),
            {"count": below, "name": name},
            gettext_noop("Remove them first, or move them elsewhere."),
        )
    members = _siblings(changed, part)
    members.pop(_position(members, part))
    return changed


def add_row(plan: PlanDocument, level: str, part: Part, under: str = "") -> PlanDocument:
    """The plan with a further row, the last under the row `under`."""
    changed = _copied(plan)
    _members(changed, level, under).append(part)
    return changed


def next_number(plan: PlanDocument, level: str, under: str = "") -> str:
    """A free number for a new row: one after the last under the same row."""
    taken = {part.number for found, part in _parts(plan) if found == level}
    stem = f"{under.partition('~')[0]}." if level != "pillar" else ""
    count = len(_members(plan, level, under)) + 1
    while f"{stem}{count}" in taken:
        count += 1
    return f"{stem}{count}"


def check_plan(plan: PlanDocument) -> list[Finding]:
    """What keeps a corrected reading from being loaded."""
    found = []
    if not any(True for _ in plan.deliverables()):
        found.append(_error("plan-no-deliverables", gettext_noop("The plan has no deliverable.")))
    for level, name, part in rows_of(plan):
        params = {"level": level, "number": part.number}
        if "~" in name:
            found.append(
                _error(
                    "plan-number-twice", gettext_noop("The %(level)s number %(number)s stands twice."), params
                )
            )
        if lacks_words(part):
            found.append(_error("plan-no-text", gettext_noop("Number %(number)s has no text."), params))
    return found


def lacks_words(part: Part) -> bool:
    """Whether a part has no words and has to: only a pillar or action of ours, where the document names none,
    goes without."""
    words = part.title if isinstance(part, Pillar) else part.text
    return not words and not (part.number_is_internal and not isinstance(part, Deliverable))


def _error(code: str, template: str, params: Mapping[str, object] | None = None) -> Finding:
    return Finding(code, Severity.ERROR, Message(template, params or {}))


def _copied(plan: PlanDocument) -> PlanDocument:
    """The plan with lists of its own: rows can be replaced in it without touching the other one."""
    pillars = [
        replace(pillar, actions=[replace(a, deliverables=list(a.deliverables)) for a in pillar.actions])
        for pillar in plan.pillars
    ]
    return replace(plan, pillars=pillars)


def _below(part: Pillar | Action) -> list[Any]:
    return part.actions if isinstance(part, Pillar) else part.deliverables


def _members(plan: PlanDocument, level: str, under: str) -> list[Any]:
    """The list that rows of a level stand in, under a row of the level above."""
    if level == "pillar":
        return plan.pillars
    above = find_row(plan, ABOVE[level], under)
    return [] if isinstance(above, Deliverable) else _below(above)


def _siblings(plan: PlanDocument, part: Part) -> list[Any]:
    if isinstance(part, Pillar):
        return plan.pillars
    if isinstance(part, Action):
        return next(p.actions for p in plan.pillars if _holds(p.actions, part))
    return next(a.deliverables for a in plan.actions() if _holds(a.deliverables, part))


def _holds(members: list[Action] | list[Deliverable], part: Part) -> bool:
    return any(one is part for one in members)


def _position(members: list[Any], part: Part) -> int:
    return next(i for i, one in enumerate(members) if one is part)
