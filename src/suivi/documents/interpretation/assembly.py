"""From the outline to the plan: numbers, texts, days, targets, strands, links, with their sources."""

from collections.abc import Iterable
from typing import Any

from suivi.documents.interpretation.ledger import Ledger
from suivi.documents.interpretation.links import edition_of, read_links
from suivi.documents.interpretation.numbers_given import number_parts
from suivi.documents.interpretation.outline import Outline, Part, Said
from suivi.documents.interpretation.state import LinkBlock, State
from suivi.documents.interpretation.strands import find_strands
from suivi.documents.interpretation.windows import set_window
from suivi.documents.model import Action, Certainty, Deliverable, Link, Pillar, Source, Target
from suivi.documents.words.marks import strip_marks
from suivi.documents.words.targets import find_target, target_of_column
from suivi.documents.words.vocabulary import Role
from suivi.findings import Severity
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

_NUMBERED_BY_US = gettext_noop("the document gives no number: numbered in order")


def assemble(state: State) -> list[Pillar]:
    """The pillars of the plan, everything in them numbered and read."""
    outline = state.outline
    number_parts(outline, state.ledger)
    _say_what_lacks(outline, state.ledger)
    return [_pillar(part, state) for part in outline.pillars]


def _say_what_lacks(outline: Outline, ledger: Ledger) -> None:
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
            _say_what_action_lacks(action, ledger)
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


def _say_what_action_lacks(action: Part, ledger: Ledger) -> None:
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


def _common(part: Part, state: State, field: str) -> dict[str, Any]:
    """What every level has; `field` is where its words go."""
    number = Source(part.place, part.number)
    if part.is_internal:
        number = Source(part.place, part.number, Certainty.CONCLUDED, _NUMBERED_BY_US)
    return {
        "number": part.number,
        "number_is_internal": part.is_internal,
        field: Text.of(part.words, state.language),
        "footnotes": part.footnotes,
        "place": part.place,
        "sources": {field: part.source, "number": number},
    }


def _pillar(part: Part, state: State) -> Pillar:
    pillar = Pillar(**_common(part, state, "title"))
    pillar.actions = [_action(child, part, state) for child in part.children]
    return pillar


def _action(part: Part, pillar: Part, state: State) -> Action:
    action = Action(**_common(part, state, "text"))
    common, own = _shared_links(part)
    said = [*part.links, *_links_of_blocks(part, pillar, state), *common]
    action.links = _read_all(said, state)
    if action.links:
        action.sources["links"] = said[0].source
    action.deliverables = [_deliverable(child, own, state) for child in part.children]
    return action


def _links_of_blocks(part: Part, pillar: Part, state: State) -> list[Said]:
    return [item for block in state.link_blocks if _is_for(block, part, pillar) for item in block.items]


def _is_for(block: LinkBlock, part: Part, pillar: Part) -> bool:
    if block.scope is not None:
        return block.scope is part or block.scope is pillar
    if part.number in block.numbers:
        return True
    return pillar.number in block.numbers and not pillar.is_internal and "." in part.number


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
    deliverable = Deliverable(**_common(part, state, "text"))
    set_window(deliverable, part, state)
    _set_target(deliverable, part, state)
    _set_strands(deliverable, part, state)
    for name in ("lead", "indicator"):
        said = part.fields.get(name)
        if said and not said.is_empty:
            words, marks = strip_marks(said.words)
            setattr(deliverable, name, words)
            deliverable.footnotes = [*deliverable.footnotes, *marks]
            deliverable.sources[name] = said.source
    if has_own_links and part.links:
        deliverable.links = _read_all(part.links, state)
        deliverable.sources["links"] = Source(part.links[0].place, part.links[0].words)
    return deliverable


def _set_target(deliverable: Deliverable, part: Part, state: State) -> None:
    said, unit = part.fields.get("target"), part.fields.get("unit")
    if said and not said.is_empty:
        deliverable.target = target_of_column(said.words, unit.words if unit else "", state.language)
        if deliverable.target is not None:
            deliverable.sources["target"] = said.source
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
    if not strands:
        return
    deliverable.strands = [Text.of(strip_marks(words)[0], state.language) for words in strands]
    certainty, why = Certainty.GUESSED, gettext_noop("the parts that the sentence enumerates")
    if part.strands:
        certainty, why = Certainty.CONCLUDED, gettext_noop("the parts that are listed under the sentence")
    deliverable.sources["strands"] = Source(part.place, "; ".join(strands), certainty, why)
