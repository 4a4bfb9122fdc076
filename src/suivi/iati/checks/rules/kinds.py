"""What a rule is, and the ways a failed one is shown: the official text of its places, and its culprits.

A rule stands on a context (`at`, as the official list writes it) and asks one question of each element there.
`fails` answers it quickly, for it is asked hundreds of thousands of times; only what fails is looked at again
through the XPaths of the official list.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from lxml import etree

from suivi.iati.checks.model import Check, Spot, Weight
from suivi.iati.checks.moments import moment, written_moment
from suivi.iati.checks.record import Record, spot
from suivi.iati.checks.values import rounded_sum, text_of, written_number

ACTIVITY = "/iati-activities/iati-activity"
ORGANISATION = "/iati-organisations/iati-organisation"

Fails = Callable[[Any, Record, str], bool]
Contexts = Callable[[Record], Iterable[Any]]
Groups = Callable[[Any, Record], Iterable[str]]


class Shown(NamedTuple):
    """A failed rule: the official texts, the culprits for people, and what fills the sentence."""

    places: tuple[str, ...]
    spots: tuple[Spot, ...]
    params: dict[str, str]


Show = Callable[["Rule", Any, Record, str], Shown]


@dataclass(frozen=True, slots=True)
class Rule:
    """One case of the official rules. `keeps` names the elements that `fails` looks at.

    With `groups`, the rule is asked for each of its values (vocabularies); `$1` stands for it in the paths.
    `offends` picks the culprits among the nodes of `paths`.
    """

    check: Check
    at: str
    contexts: Contexts
    fails: Fails
    show: Show
    paths: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    groups: Groups | None = None
    offends: Callable[[str], bool] | None = None
    since: str = ""  # the first version that has the rule; all have it where nothing is said
    needs: tuple[str, ...] = ()  # the lists without which it cannot be asked


class Node(NamedTuple):
    """What an XPath of a rule points to: an element, or its attribute."""

    path: str
    element: Any
    attribute: str
    value: str

    @property
    def spot(self) -> Spot:
        return spot(self.element, self.attribute, self.value)


def on_record(record: Record) -> Iterable[Any]:
    """The context of rules on the whole activity or organisation."""
    return (record.element,)


@cache
def on(*paths: str) -> Contexts:
    """The context of rules on all elements of these paths; the same for the same paths."""
    if len(paths) == 1:
        only = paths[0]
        return lambda record: record.found.get(only, ())
    return lambda record: [element for path in paths for element in record.all(path)]


def error(identifier: str, category: str, at: str) -> Check:
    return Check(identifier, Weight.ERROR, category, at)


def warning(identifier: str, category: str, at: str) -> Check:
    return Check(identifier, Weight.WARNING, category, at)


def nodes(rule: Rule, element: Any, value: str) -> list[Node]:
    """What the paths of a rule point to, path by path."""
    found = []
    for path in rule.paths:
        shown = path.replace("$1", value)
        for node in _compiled(path.replace("'$1'", "$value"))(element, value=value):
            if isinstance(node, str):
                owner = node.getparent()  # type: ignore[attr-defined]  # the strings of lxml know their element
                found.append(Node(shown, owner, node.attrname, str(node)))  # type: ignore[attr-defined]
            else:
                found.append(Node(shown, node, "", text_of(node)))
    return found


@cache
def _compiled(path: str) -> Any:
    return etree.XPath(path)


def _line(element: Any) -> str:
    return f"at line: {element.sourceline}, column: 0"


def _place(rule: Rule, node: Node) -> str:
    return f"{rule.at}/{node.path} = '{node.value}' {_line(node.element)}"


def _spots(rule: Rule, found: Sequence[Node], element: Any) -> tuple[Spot, ...]:
    culprits = [node for node in found if rule.offends is None or rule.offends(node.value)]
    return tuple(dict.fromkeys(node.spot for node in culprits or found)) or (spot(element),)


def show_each(rule: Rule, element: Any, record: Record, value: str) -> Shown:  # noqa: ARG001  one shape for all
    """Each node is a place; people see those that offend."""
    found = nodes(rule, element, value)
    places = tuple(f"For {_place(rule, node)}" for node in found)
    return Shown(places, _spots(rule, found, element), {})


def show_joined(rule: Rule, element: Any, record: Record, value: str) -> Shown:  # noqa: ARG001
    """All nodes make one place."""
    found = nodes(rule, element, value)
    places = ("For " + " and ".join(_place(rule, node) for node in found),) if found else ()
    return Shown(places, _spots(rule, found, element), {"vocabulary": value})


def show_context(rule: Rule, element: Any, record: Record, value: str) -> Shown:  # noqa: ARG001
    """The place is the element that lacks something."""
    name = rule.at.rpartition("/")[2]
    named = f"{element.getparent().tag}/{name}" if rule.at.startswith("//") else f"<{name}>"
    return Shown((f"For {named} {_line(element)}",), (spot(element, value=""),), {})


def show_sum(rule: Rule, element: Any, record: Record, value: str) -> Shown:  # noqa: ARG001
    """The place says the sum."""
    found = nodes(rule, element, value)
    total = written_number(rounded_sum([node.value for node in found]))
    names = ", ".join(dict.fromkeys(node.element.tag for node in found))
    vocabularies = ", ".join(dict.fromkeys(_vocabulary(node.element) for node in found))
    text = f"The sum is {total} for {names} in vocabulary {vocabularies}"
    return Shown((text,), _spots(rule, found, element), {"sum": total})


def _vocabulary(element: Any) -> str:
    parent = element.getparent()
    above = parent.get("vocabulary") if parent is not None else None
    own = element.get("vocabulary", "")
    return str(own if above is None else above)


def show_prefix(rule: Rule, element: Any, record: Record, value: str) -> Shown:  # noqa: ARG001
    """Each pair of a beginning that is allowed and a node is a place."""
    prefixes = [node for node in nodes(rule, element, value) if node.path != rule.paths[-1]]
    found = [node for node in nodes(rule, element, value) if node.path == rule.paths[-1]]
    places = tuple(
        f"For prefix: {_place(rule, prefix)} and {_place(rule, node)}"
        for prefix in prefixes
        for node in found
    )
    allowed = ", ".join(dict.fromkeys(prefix.value for prefix in prefixes)) or "–"
    return Shown(places, _spots(rule, found, element), {"allowed": allowed})


def show_order(rule: Rule, element: Any, record: Record, value: str) -> Shown:
    """Two days (or a day and now) in the wrong order. `paths` are the earlier and the later."""
    return _show_days(rule, element, value, "is later than", record)


def show_limit(rule: Rule, element: Any, record: Record, value: str) -> Shown:
    """A period that is too long. `paths` are its end and its start."""
    return _show_days(rule, element, value, "is more than a year later than", record)


def _show_days(rule: Rule, element: Any, value: str, words: str, record: Record) -> Shown:
    first, *others = nodes(rule, element, value)
    if len(rule.paths) == 1:
        now = written_moment(record.now)
        culprits = [first, *others] if not record.as_official else [first]
        late = [node for node in culprits if (day := moment(node.value)) is not None and day > record.now]
        text = f"{_dated(late[0])} {words} NOW = '{now}'"
        return Shown((text,), tuple(node.spot for node in late), {"value": late[0].value, "other": now[:10]})
    second = next(node for node in others if node.path == rule.paths[1])
    text = f"{_dated(first)} {words} {_dated(second)}"
    return Shown((text,), (first.spot, second.spot), {"value": first.value, "other": second.value})


def _dated(node: Node) -> str:
    return f"{node.path} = '{written_moment(moment(node.value) or 0.0)}' {_line(node.element)}"


def show_date(rule: Rule, element: Any, record: Record, value: str) -> Shown:
    """One moment that lies in the future."""
    node = nodes(rule, element, value)[0]
    text = f"For date {written_moment(moment(node.value) or 0.0)} {_line(node.element)}"
    return Shown((text,), (node.spot,), {"value": node.value, "other": written_moment(record.now)[:10]})


def show_in(rule: Rule, element: Any, record: Record, value: str) -> Shown:  # noqa: ARG001
    """Each element that lacks something is a place, named by what it stands in."""
    found = nodes(rule, element, value)
    return Shown(tuple(_told(node) for node in found), tuple(node.spot for node in found), {})


def _told(node: Node) -> str:
    """How the official tool names a place inside a budget, a transaction or a budget line."""
    element = node.element
    parent = element.getparent()
    name = parent.tag if parent is not None else ""
    if name in ("budget", "planned-disbursement"):
        return f"In the {name} of {_day(parent, 'period-start')} to {_day(parent, 'period-end')}"
    if name == "transaction" or element.tag == "transaction":
        transaction = parent if name == "transaction" else element
        return f"In the transaction of {_day(transaction, 'transaction-date')}"
    if name == "budget-line":
        above = parent.getparent()
        narrative = parent.find("narrative")
        told = text_of(narrative) if narrative is not None else ""
        period = f"{_day(above, 'period-start')} to {_day(above, 'period-end')}"
        return f"In the budget-line '{told}' of {above.tag} of {period}"
    return f"For <{element.tag}> '{node.value}' {_line(element)}"


def _day(element: Any, name: str) -> str:
    day = next(
        (child.get("iso-date") for child in element.iterchildren(name) if child.get("iso-date") is not None),
        "",
    )
    return str(day)
