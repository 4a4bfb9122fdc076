"""Reading YAML as nodes that know their lines, so that every complaint names the place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TypeVar

import yaml

from suivi.findings import Finding, Place, Severity
from suivi.values.errors import InputRefused
from suivi.values.messages import Message, gettext_noop
from suivi.values.text import Text

MAX_CHARACTERS = 16_000_000
MAX_DEPTH = 30
Value = TypeVar("Value")


@dataclass
class Complaints:
    """What is wrong with the file, collected while reading on."""

    findings: list[Finding] = field(default_factory=list)
    nodes: dict[int, yaml.Node] = field(default_factory=dict)  # id of a part -> where it stands

    def add(self, code: str, node: yaml.Node, template: str, hint: str = "", **params: object) -> None:
        place = Place(line=line_of(node))
        message, advice = Message(template, params), Message(hint, params)
        self.findings.append(Finding(code, Severity.ERROR, message, place, advice))


def line_of(node: yaml.Node) -> int:
    """The line of a node, counted from 1."""
    return node.start_mark.line + 1 if node.start_mark else 1


def compose(text: str) -> yaml.Node:
    """The root node of a YAML text. Raises InputRefused for what is no plain YAML document.

    Aliases are refused (a few lines of them can stand for gigabytes), and so are tags, which name classes.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputRefused(
            gettext_noop("The file is larger than %(limit)s million characters."),
            {"limit": MAX_CHARACTERS // 1_000_000},
            gettext_noop("Split the plan into several files."),
        )
    try:
        _refuse_unsafe(text)
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        raise InputRefused(
            gettext_noop("Line %(line)s is not YAML: %(problem)s."),
            {
                "line": mark.line + 1 if mark else 1,
                "problem": getattr(error, "problem", None) or "unreadable",
            },
            gettext_noop("Look at the indentation and the quotation marks near that line."),
        ) from error
    if node is None:
        raise InputRefused(
            gettext_noop("The file is empty."), hint=gettext_noop("Start with “suivi plan read”.")
        )
    return node


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_unsafe(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        problem = ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problem = gettext_noop("Line %(line)s has an anchor or alias (& or *).")
        elif getattr(event, "tag", None):
            problem = gettext_noop("Line %(line)s has a tag (!).")
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            problem = gettext_noop("Line %(line)s is nested too deep.") if depth > MAX_DEPTH else ""
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if problem:
            raise InputRefused(
                problem,
                {"line": event.start_mark.line + 1 if event.start_mark else 1},
                gettext_noop("Write the plan in plain YAML, as “suivi plan export” does."),
            )


@dataclass
class Members:
    """The members of one mapping. Each is taken once; what nobody took is reported as unknown."""

    node: yaml.MappingNode
    complaints: Complaints
    known: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.members: dict[str, yaml.Node] = {}
        for key, value in self.node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in self.members:
                self.complaints.add(
                    "plan-file-twice", key, gettext_noop("“%(name)s” stands twice here."), name=name
                )
            self.members[name] = value

    @property
    def line(self) -> int:
        return line_of(self.node)

    def take(self, name: str) -> yaml.Node | None:
        self.known.add(name)
        node = self.members.get(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"):
            return None
        return node

    def scalar(self, name: str) -> str:
        """A word or number as it is written."""
        node = self.take(name)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.complaints.add(
                "plan-file-shape", node, gettext_noop("“%(name)s” takes one value."), name=name
            )
            return ""
        return str(node.value)

    def converted(self, name: str, convert: Callable[[str], Value], expects: str) -> Value | None:
        """A value of another type than words."""
        written = self.scalar(name)
        if not written:
            return None
        try:
            return convert(written)
        except (ValueError, InvalidOperation):
            self.complaints.add(
                "plan-file-value",
                self.members[name],
                gettext_noop("“%(written)s” is not %(expects)s (%(name)s)."),
                written=written,
                expects=expects,
                name=name,
            )
            return None

    def day(self, name: str) -> date | None:
        return self.converted(name, date.fromisoformat, gettext_noop("a day such as 2023-12-31"))

    def whole(self, name: str) -> int | None:
        return self.converted(name, int, gettext_noop("a whole number"))

    def decimal(self, name: str) -> Decimal | None:
        return self.converted(name, _finite, gettext_noop("a number"))

    def language(self, name: str) -> str | None:
        return self.converted(name, _language_code, gettext_noop("the code of a language such as fr"))

    def is_true(self, name: str) -> bool:
        return self.converted(name, _boolean, gettext_noop("true or false")) or False

    def text(self, name: str, language: str) -> Text | None:
        """Words in the language of the plan, or a mapping of languages to words."""
        node = self.take(name)
        return None if node is None else text_of(node, language, self.complaints)

    def items(self, name: str) -> list[yaml.Node]:
        node = self.take(name)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.complaints.add(
                "plan-file-shape",
                node,
                gettext_noop("“%(name)s” takes a list."),
                gettext_noop("Start each member of the list with a dash."),
                name=name,
            )
            return []
        return list(node.value)

    def mappings(self, name: str) -> Iterator["Members"]:
        for node in self.items(name):
            if isinstance(node, yaml.MappingNode):
                yield Members(node, self.complaints)
            else:
                self.complaints.add(
                    "plan-file-shape", node, gettext_noop("“%(name)s” takes members with names."), name=name
                )

    def words(self, name: str) -> list[str]:
        return [str(node.value) for node in self.items(name) if isinstance(node, yaml.ScalarNode)]

    def mapping(self, name: str) -> "Members | None":
        node = self.take(name)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.complaints.add(
                "plan-file-shape", node, gettext_noop("“%(name)s” takes members with names."), name=name
            )
            return None
        return Members(node, self.complaints)

    def close(self, part: object) -> None:
        """The part is read: remember where it stands, and say which members nobody knows."""
        self.complaints.nodes[id(part)] = self.node
        self.report_unknown()

    def report_unknown(self) -> None:
        """Say which members nobody knows, and what they may have meant."""
        for name, node in self.members.items():
            if name not in self.known:
                near = get_close_matches(name, self.known, n=1)
                hint = gettext_noop("Did you mean “%(near)s”?") if near else ""
                self.complaints.add(
                    "plan-file-unknown",
                    node,
                    gettext_noop("“%(name)s” is not known here."),
                    hint,
                    name=name,
                    near=near[0] if near else "",
                )


def text_of(node: yaml.Node, language: str, complaints: Complaints) -> Text | None:
    """A text from a scalar or from a mapping of languages."""
    if isinstance(node, yaml.ScalarNode):
        return Text.of(str(node.value), language)
    if isinstance(node, yaml.MappingNode) and all(
        isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode) for key, value in node.value
    ):
        words = {str(key.value): str(value.value) for key, value in node.value}
        return Text.of_many(words, language if language in words or not words else next(iter(words)))
    complaints.add(
        "plan-file-text",
        node,
        gettext_noop("A text is words, or a language and words on each line."),
    )
    return None


def _finite(written: str) -> Decimal:
    number = Decimal(written)
    if not number.is_finite():
        raise ValueError(written)
    return number


def _language_code(written: str) -> str:
    """A code in the form of BCP 47; which languages the pages speak is another matter."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", written):
        raise ValueError(written)
    return written


def _boolean(written: str) -> bool:
    if written.lower() not in {"true", "yes", "false", "no"}:
        raise ValueError(written)
    return written.lower() in {"true", "yes"}
