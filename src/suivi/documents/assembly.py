"""From the outline to the plan: numbers, texts, days, targets, strands, links, with their sources."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import count

from suivi.documents.ledger import Ledger
from suivi.documents.links import edition_of, read_links
from suivi.documents.marks import strip_marks
from suivi.documents.model import Action, Certainty, Deliverable, Link, Pillar, Source, Target
from suivi.documents.numbering import depth_of
from suivi.documents.outline import Outline, Part, Said
from suivi.documents.state import LinkBlock, State
from suivi.documents.strands import find_strands
from suivi.documents.targets import find_target, target_of_column
from suivi.documents.timeframes import UNKNOWN_WORDS, TimeFrame, read_timeframe
from suivi.documents.vocabulary import Role
from suivi.findings import Severity
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

_NUMBERED_BY_US = gettext_noop("the document gives no number: numbered in order")


def assemble(state: State) -> list[Pillar]:
    """The pillars of the plan, everything in them numbered and read."""
    outline = state.outline
    _number(outline, state.ledger)
    _say_stand_ins(outline, state.ledger)
    return [_pillar(part, state) for part in outline.pillars]


def _number(outline: Outline, ledger: Ledger) -> None:
    """Give numbers to what has none, and unambiguous ones to what shares a number."""
    _number_children(outline.pillars, "")
    _make_unique(outline.pillars, ledger)
    for pillar in outline.pillars:
        _number_children(pillar.children, pillar.number)
    _make_unique(outline.actions(), ledger)
    for action in outline.actions():
        _number_children(action.children, action.number)
    _make_unique(outline.deliverables(), ledger)


def _number_children(parts: list[Part], prefix: str) -> None:
    taken = {part.number for part in parts if part.number}
    at = 0
    for part in parts:
        at += 1
        if part.number:
            continue
        number = f"{prefix}.{at}" if prefix else f"{at}"
        while number in taken:
            at += 1
            number = f"{prefix}.{at}" if prefix else f"{at}"
        part.number, part.is_internal = number, True
        taken.add(number)


def _make_unique(parts: list[Part], ledger: Ledger) -> None:
    """Where numbers start anew under each parent, put the parent's in front of all numbers of that kind."""
    counts = Counter(part.number for part in parts)
    depths = {depth_of(part.number) for part in parts if counts[part.number] > 1}
    if not depths:
        return
    taken = {part.number for part in parts if depth_of(part.number) not in depths}
    for part in parts:
        stated = part.number
        parent = part.parent.number if part.parent else ""
        if depth_of(stated) not in depths or (counts[stated] == 1 and stated.startswith(f"{parent}.")):
            continue
        number = _free(
            f"{parent}.{stated}" if parent and not stated.startswith(f"{parent}.") else stated, taken
        )
        taken.add(number)
        if number == stated:
            continue
        if not part.is_internal and counts[stated] > 1:
            ledger.find(
                "number-not-unique",
                Severity.NOTE,
                gettext_noop("The number %(stated)s stands more than once; here it is kept as %(number)s."),
                part.place,
                gettext_noop("Correct the number if the document has another one."),
                stated=stated,
                number=number,
            )
        part.number, part.is_internal = number, True


def _free(number: str, taken: set[str]) -> str:
    if number not in taken:
        return number
    return next(other for n in count(2) if (other := f"{number}-{n}") not in taken)


def _say_stand_ins(outline: Outline, ledger: Ledger) -> None:
    for pillar in outline.pillars:
        if pillar.is_stand_in:
            ledger.find(
                "pillar-unnamed",
                Severity.NOTE,
                gettext_noop("The document names no pillar here; an unnamed one was made."),
                pillar.place,
                gettext_noop("Give it a title if the plan has pillars."),
            )
        for action in pillar.children:
            if action.is_stand_in:
                ledger.find(
                    "action-unnamed",
                    Severity.NOTE,
                    gettext_noop("The document names no action here; an unnamed one was made."),
                    action.place,
                    gettext_noop("Give it a text if the plan has actions."),
                )
            if not action.children:
                ledger.find(
                    "action-without-deliverable",
                    Severity.WARNING,
                    gettext_noop("Action %(number)s has no deliverable."),
                    action.place,
                    gettext_noop("Look at the document: a row may have been lost."),
                    number=action.number,
                )
    restated = [part for part in outline.deliverables() if part.is_restated]
    if restated:
        ledger.find(
            "deliverables-restated",
            Severity.NOTE,
            gettext_noop(
                "The plan names no deliverables: %(count)s of them stand in the words of the level above."
            ),
            restated[0].place,
            gettext_noop("Reword them to say what will exist or be true."),
            count=len(restated),
        )


def _source(part: Part) -> Source:
    return Source(part.place, part.words, part.certainty, part.why)


def _number_source(part: Part) -> Source:
    if part.is_internal:
        return Source(part.place, part.number, Certainty.CONCLUDED, _NUMBERED_BY_US)
    return Source(part.place, part.number)


def _pillar(part: Part, state: State) -> Pillar:
    pillar = Pillar(
        number=part.number,
        number_is_internal=part.is_internal,
        title=Text.of(part.words, state.language),
        footnotes=part.footnotes,
        place=part.place,
        sources={"title": _source(part), "number": _number_source(part)},
    )
    pillar.actions = [_action(child, part, state) for child in part.children]
    return pillar


def _action(part: Part, pillar: Part, state: State) -> Action:
    action = Action(
        number=part.number,
        number_is_internal=part.is_internal,
        text=Text.of(part.words, state.language),
        footnotes=part.footnotes,
        place=part.place,
        sources={"text": _source(part), "number": _number_source(part)},
    )
    said = [*part.links, *_links_of_blocks(part, pillar, state)]
    common, own = _shared_links(part)
    action.links = _read_all([*said, *common], state)
    if action.links:
        first = (*said, *common)[0]
        action.sources["links"] = Source(first.place, first.words, first.certainty, first.why)
    action.deliverables = [_deliverable(child, own, state) for child in part.children]
    return action


def _links_of_blocks(part: Part, pillar: Part, state: State) -> list[Said]:
    return [item for block in state.link_blocks if _is_for(block, part, pillar) for item in block.items]


def _is_for(block: LinkBlock, part: Part, pillar: Part) -> bool:
    if block.scope is not None:
        return block.scope is part or block.scope is pillar
    numbers = set(block.numbers)
    return part.number in numbers or (
        pillar.number in numbers and not pillar.is_internal and _depth(part) > 1
    )


def _depth(part: Part) -> int:
    return part.number.count(".") + 1


def _shared_links(part: Part) -> tuple[list[Said], bool]:
    """Links said beside the deliverables that are the same for all of them belong to the action.

    Gives them and whether the deliverables keep links of their own.
    """
    stated = [child.links for child in part.children if child.links]
    words = {fold(" ".join(said.words for said in links)) for links in stated}
    if len(words) == 1:
        return stated[0], False
    return [], bool(words)


def _read_all(said: Iterable[Said], state: State) -> list[Link]:
    edition = _column_edition(state)
    links: dict[str, Link] = {}
    for each in said:
        for link in read_links(each.words, state.language, edition=edition, bare_codes=True):
            links.setdefault(link.key, link)
    return list(links.values())


def _column_edition(state: State) -> str:
    headings = (column.heading for column in state.columns if column.role is Role.LINKS)
    return next((edition for heading in headings if (edition := edition_of(heading))), "")


def _deliverable(part: Part, has_own_links: bool, state: State) -> Deliverable:
    deliverable = Deliverable(
        number=part.number,
        number_is_internal=part.is_internal,
        text=Text.of(part.words, state.language),
        footnotes=part.footnotes,
        place=part.place,
        sources={"text": _source(part), "number": _number_source(part)},
    )
    _set_window(deliverable, part, state)
    _set_target(deliverable, part, state)
    _set_strands(deliverable, part, state)
    for name in ("lead", "indicator"):
        said = part.fields.get(name)
        if said and said.words.strip("-–— "):
            words, marks = strip_marks(said.words)
            setattr(deliverable, name, words)
            deliverable.footnotes = [*deliverable.footnotes, *marks]
            deliverable.sources[name] = Source(said.place, said.words, said.certainty, said.why)
    if has_own_links and part.links:
        deliverable.links = _read_all(part.links, state)
        deliverable.sources["links"] = Source(part.links[0].place, part.links[0].words)
    return deliverable


def _set_window(deliverable: Deliverable, part: Part, state: State) -> None:
    said, frame = _time_of(part, state)
    if said is None or frame is None:
        return
    deliverable.window = frame.window
    deliverable.starts_on, deliverable.ends_on = frame.starts_on, frame.ends_on
    certainty = frame.certainty if said.certainty is Certainty.STATED else said.certainty
    deliverable.sources["window"] = Source(said.place, said.words, certainty, said.why or frame.why)
    if frame.problem:
        _say_time(frame, said, state.ledger)
    elif frame.certainty is Certainty.GUESSED and frame.why == UNKNOWN_WORDS:
        state.ledger.find(
            "timeframe-words",
            Severity.NOTE,
            gettext_noop("“%(words)s”: not all of its words were understood; its days are a guess."),
            said.place,
            gettext_noop("Check the first and the last day."),
            words=said.words[:80],
        )
    elif frame.certainty is Certainty.GUESSED:
        state.ledger.find(
            "timeframe-ambiguous",
            Severity.WARNING,
            gettext_noop("“%(words)s” may be read in two ways; the day was taken before the month."),
            said.place,
            gettext_noop("Write the day as 2023-12-31 in plan.yaml."),
            words=said.words,
        )


_TIME_PROBLEMS = {
    "timeframe-open": (
        gettext_noop("“%(words)s” names no last day."),
        gettext_noop("The words are kept as the source; agree a last day."),
    ),
    "timeframe-fiscal": (
        gettext_noop("“%(words)s” is counted in fiscal periods: its days were not concluded."),
        gettext_noop("Write the first and last day in plan.yaml."),
    ),
    "timeframe-unread": (
        gettext_noop("“%(words)s” was not understood as a time frame."),
        gettext_noop("Write the first and last day in plan.yaml."),
    ),
    "timeframe-order": (
        gettext_noop("“%(words)s” ends before it starts."),
        gettext_noop("Write the first and last day in plan.yaml."),
    ),
}


def _say_time(frame: TimeFrame, said: Said, ledger: Ledger) -> None:
    message, hint = _TIME_PROBLEMS[frame.problem]
    severity = Severity.NOTE if frame.problem == "timeframe-open" else Severity.WARNING
    ledger.find(frame.problem, severity, message, said.place, hint, words=frame.words[:80])


def _time_of(part: Part, state: State) -> tuple[Said | None, TimeFrame | None]:
    """The time frame from its column, or from the columns of first and last days."""
    said = part.fields.get("timeframe")
    if said is not None:
        frame = read_timeframe(strip_marks(said.words)[0], is_fiscal=state.is_fiscal)
        if frame is not None:
            return said, frame
    start, end = part.fields.get("start"), part.fields.get("end")
    if start is None and end is None:
        return said, None
    return _from_two(start, end, state)


def _from_two(start: Said | None, end: Said | None, state: State) -> tuple[Said | None, TimeFrame | None]:
    first = read_timeframe(start.words, is_fiscal=state.is_fiscal) if start else None
    last = read_timeframe(end.words, is_fiscal=state.is_fiscal) if end else None
    words = " – ".join(said.words for said in (start, end) if said and said.words.strip("-–— "))
    said = end or start
    if not words or said is None:
        return None, None
    starts_on = (first.starts_on or first.ends_on) if first else None
    ends_on = (last.ends_on or last.starts_on) if last else None
    if starts_on and ends_on and ends_on < starts_on:
        return said, TimeFrame(words, words, problem="timeframe-order")
    if starts_on is None and ends_on is None:
        problem = next(
            (frame.problem for frame in (last, first) if frame and frame.problem), "timeframe-unread"
        )
        return said, TimeFrame(words, problem=problem)
    is_years = first and last and re.fullmatch(r"\d{4}", first.words) and re.fullmatch(r"\d{4}", last.words)
    window = f"{first.words}-{last.words}" if is_years and first and last else words
    if is_years and first and last and first.words == last.words:
        window = first.words
    return said, TimeFrame(words, window, starts_on, ends_on)


def _set_target(deliverable: Deliverable, part: Part, state: State) -> None:
    said = part.fields.get("target")
    unit = part.fields.get("unit")
    if said is not None and said.words.strip("-–— "):
        target = target_of_column(said.words, unit.words if unit else "", state.language)
        if target is not None:
            deliverable.target = target
            deliverable.sources["target"] = Source(said.place, said.words, said.certainty, said.why)
            return
        state.ledger.find(
            "target-unread",
            Severity.NOTE,
            gettext_noop("The target “%(words)s” states no number."),
            said.place,
            gettext_noop("It was left empty: no target is not target 0."),
            words=said.words[:80],
        )
        return
    found = find_target(part.words, state.language)
    if found is not None:
        deliverable.target = found.target
        if unit:
            deliverable.target = Target.of(found.target.value, unit.words, state.language)
        deliverable.sources["target"] = Source(part.place, found.words, found.certainty, found.why)


def _set_strands(deliverable: Deliverable, part: Part, state: State) -> None:
    target = int(deliverable.target.value) if deliverable.target else None
    strands = part.strands or find_strands(part.words, target)
    if strands:
        deliverable.strands = [Text.of(strip_marks(words)[0], state.language) for words in strands]
        certainty = Certainty.CONCLUDED if part.strands else Certainty.GUESSED
        why = (
            gettext_noop("the parts that are listed under the sentence")
            if part.strands
            else gettext_noop("the parts that the sentence enumerates")
        )
        deliverable.sources["strands"] = Source(part.place, "; ".join(strands), certainty, why)
