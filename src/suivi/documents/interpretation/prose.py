"""Plans without tables: headings, numbered lines and lists, with time frames behind the sentences.

The lines make a tree: headings stand above labelled lines, those above numbered ones, those above lists.
Leaves with a time frame are deliverables, and so are their siblings; what stands above them are the action
and the pillar.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from suivi.documents.source import Line, LineKind, SourceDocument
from suivi.documents.words.numbering import label_key, read_label, read_number
from suivi.documents.words.timeframes import is_open_timeframe, is_timeframe, trailing_timeframe
from suivi.documents.words.vocabulary import Level, Role, key_of, meaning_of
from suivi.findings import Place
from suivi.values.folding import fold

_ATTRIBUTE = re.compile(r"^\s*(?P<label>[^\W\d_][^:;|.]{1,45}?)\s{0,2}:\s{0,3}(?P<value>\S.*)$", re.DOTALL)
_JOINT = re.compile(r"\s?;\s|\s[–—|-]\s|(?<=[.!?])\s(?=[^\W\d_][^:.;]{1,40}:)")
_FIELDS = {
    Role.TIMEFRAME: "timeframe",
    Role.START: "start",
    Role.END: "end",
    Role.LEAD: "lead",
    Role.INDICATOR: "indicator",
    Role.TARGET: "target",
    Role.LINKS: "links",
}
_GENERAL = re.compile(
    r"\b(?:overview|vue d'ensemble|panorama|action plan|plan of action|implementation plan|plan d'action|"
    r"plan de mise en œuvre|"
    r"plan de mise en oeuvre|plan de accion|plan de aplicacion|matrix|matrice|matriz|annex|annexe|anexo|"
    r"appendix|introduction|introduccion|"
    r"contexte?|contexto|background|antecedentes|conclusions?|summary|resume|resumen|contents|sommaire)\b"
)
_LONGEST_NODE = 600


@dataclass
class Node:
    """A line that may be a part of the plan, its rank (lower stands above) and what stands under it."""

    line: Line
    rank: int
    level: Level | None = None  # as its label says
    marker: str = ""  # "deliverable" or "activity": a line that only announces a list
    has_time: bool = False
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)


def attributes_of(words: str) -> list[tuple[str, str]]:
    """Fields and values of a line such as "Lead: Planning Unit; Time frame: 2021-2023"; [] for others."""
    if ":" not in words or len(words) > _LONGEST_NODE:
        return []
    found: list[tuple[str, str]] = []
    for part in re.split(r";|\s[|–—]\s|\.\s(?=[^\W\d_][^:.;]{1,40}:)", words):
        match = _ATTRIBUTE.match(part)
        meaning = meaning_of(match["label"]) if match else None
        if not match or meaning is None or meaning.role not in _FIELDS:
            if not found:
                return []
            name, value = found[-1]
            found[-1] = (name, f"{value}; {part.strip()}")
            continue
        found.append((_FIELDS[meaning.role], match["value"].strip(" .;")))
    return found


def trailing_attributes(words: str) -> tuple[str, list[tuple[str, str]]]:
    """A sentence and what a bracket behind it says: "... (Lead: Planning; 2022)", "... (Planning, 2022)"."""
    bare = words.rstrip(" .")
    at = max(bare.rfind("("), bare.rfind("[")) if bare.endswith((")", "]")) else 0
    if at > 0:
        found = _in_bracket(bare[at + 1 : -1])
        if any(name == "timeframe" for name, _ in found):
            return bare[:at].rstrip(" ,;:–-"), found
    for match in _JOINT.finditer(words[:_LONGEST_NODE]):
        if found := attributes_of(words[match.end() :]):
            return words[: match.start()].rstrip(" ,;:–-"), found
    return words, []


def _in_bracket(inner: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    beside: list[str] = []  # words beside the days, such as "each spring"
    for part in (piece.strip() for piece in re.split(r"[;,|]|\s[–—]\s", inner)):
        attributes = attributes_of(part)
        if attributes:
            found += attributes
        elif is_timeframe(part) or is_open_timeframe(part):
            found.append(("timeframe", part))
        elif part[:1].isupper() and len(part) <= 60:
            found.append(("lead", part))
        elif part and len(part) <= 60:
            beside.append(part)
        else:
            return []
    if beside:
        found = [
            (name, ", ".join([*beside, value]) if name == "timeframe" else value) for name, value in found
        ]
    names = [name for name, _ in found]
    return found if len(names) == len(set(names)) else []


def survey_prose(source: SourceDocument, levels: Mapping[str, Level]) -> dict[Place, Level]:
    """The level of each line that is a part of a plan written without tables."""
    roots = _tree(source, levels)
    title = roots[0] if len(roots) == 1 and roots[0].rank < 7 and roots[0].level is None else None
    found: dict[Place, Level] = {}
    for node in _all(roots):
        if node.children or node.marker or not _is_deliverable(node):
            continue
        found[node.line.place] = Level.DELIVERABLE
        _name_ancestors(node, title, found)
    return found


def _all(nodes: Iterable[Node]) -> Iterable[Node]:
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _tree(source: SourceDocument, levels: Mapping[str, Level]) -> list[Node]:
    roots: list[Node] = []
    path: list[Node] = []
    for block in source.blocks:
        if not isinstance(block, Line) or not block.text.strip():
            continue
        if path and _gives_time(block.text):
            path[-1].has_time = True
            continue
        node = _node(block, levels)
        if node is None:
            continue
        while path and path[-1].rank >= node.rank:
            path.pop()
        if path:
            node.parent = path[-1]
            path[-1].children.append(node)
        else:
            roots.append(node)
        path.append(node)
    return roots


def _gives_time(words: str) -> bool:
    return any(name in ("timeframe", "start", "end") for name, _ in attributes_of(words))


def said_deliverable(words: str) -> str:
    """The words behind "Output:" or "Livrable :" without a number, "" for other lines."""
    match = _ATTRIBUTE.match(words) if len(words) <= _LONGEST_NODE else None
    meaning = meaning_of(match["label"]) if match else None
    if match is None or meaning is None or meaning.role is not Role.LEVEL:
        return ""
    is_whole = key_of(match["label"]) == meaning.phrase
    return match["value"].strip() if is_whole and meaning.ranks[2] == max(meaning.ranks) else ""


def _node(line: Line, levels: Mapping[str, Level]) -> Node | None:  # noqa: PLR0911  one line per kind of line
    words = line.text.strip()
    if line.kind in (LineKind.FOOTNOTE, LineKind.FURNITURE) or len(words) > _LONGEST_NODE:
        return None
    label = read_label(words)
    level = levels.get(label_key(label.label)) if label else None
    marker = "" if level else _marker(words)
    time = bool(trailing_timeframe(words)) or bool(trailing_attributes(words)[1])
    if line.kind is LineKind.HEADING:
        return Node(line, line.level or 3, level, marker, time)
    if level is not None:
        return Node(line, 9 + (Level.PILLAR, Level.ACTION, Level.DELIVERABLE).index(level), level, "", time)
    if line.kind is LineKind.LIST_ITEM:
        return Node(line, 30 + line.level, None, marker, time)
    if line.is_bold:
        return Node(line, 8 if not marker else 25, None, marker, time)
    if marker:
        return Node(line, 25, None, marker, time)
    if said_deliverable(words):
        return Node(line, 11, Level.DELIVERABLE, "", time)
    number = read_number(words)
    if number and (number.depth >= 2 or len(words) <= 120):
        return Node(line, 12 + number.depth, None, "", time)
    return Node(line, 29, None, "", time) if time else None


def _marker(words: str) -> str:
    """Whether a line only announces what follows ("Deliverables:", "Actividades")."""
    if len(words) > 50:
        return ""
    meaning = meaning_of(words.rstrip(" :"))
    if meaning is None or meaning.role is not Role.LEVEL or key_of(words) != meaning.phrase:
        return ""
    best = max(meaning.ranks)
    return "deliverable" if meaning.ranks[2] == best else "activity" if meaning.ranks[1] == best else "pillar"


def _is_deliverable(node: Node) -> bool:
    if node.rank < 8 and not node.has_time:
        return False
    if node.has_time or node.level is Level.DELIVERABLE:
        return node.level in (None, Level.DELIVERABLE)
    parent = node.parent
    if parent is None or node.level is not None:
        return False
    if parent.marker == "deliverable":
        return True
    if parent.marker == "activity":
        above = parent.parent.children if parent.parent else []
        return bool(_structural(parent)) and not any(other.marker == "deliverable" for other in above)
    timed = any(child.has_time for child in parent.children if not child.children and child.rank == node.rank)
    return timed and node.rank >= 12


def _structural(node: Node) -> bool:
    """Whether something labelled as a part of the plan stands above."""
    above = node.parent
    while above is not None:
        if above.level is not None:
            return True
        above = above.parent
    return False


def _name_ancestors(node: Node, title: Node | None, found: dict[Place, Level]) -> None:
    chain: list[Node] = []
    above = node.parent
    while above is not None:
        if above is not title and not above.marker and not _is_general(above):
            chain.append(above)
        above = above.parent
    labelled = [other for other in chain if other.level]
    if labelled:
        for other in labelled:
            if other.level is not None:
                found.setdefault(other.line.place, other.level)
        taken = {other.level for other in labelled}
        chain = [other for other in chain if other.level is None]
        missing = [level for level in (Level.ACTION, Level.PILLAR) if level not in taken]
        inside = [other for other in chain if other.rank > min(each.rank for each in labelled)]
        outside = [other for other in chain if other not in inside]
        if Level.ACTION in missing and inside:
            found.setdefault(inside[0].line.place, Level.ACTION)
        elif Level.PILLAR in missing and outside:
            found.setdefault(outside[0].line.place, Level.PILLAR)
        return
    if len(chain) == 1:
        number = read_number(chain[0].line.text)
        only = Level.ACTION if number and number.depth >= 2 else Level.PILLAR
        found.setdefault(chain[0].line.place, only)
        return
    for other, level in zip(chain, (Level.ACTION, Level.PILLAR), strict=False):
        found.setdefault(other.line.place, level)


def _is_general(node: Node) -> bool:
    """Whether a heading speaks of the document and not of a part of the plan."""
    return node.level is None and node.rank < 9 and bool(_GENERAL.search(fold(node.line.text)))
