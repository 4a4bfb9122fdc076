"""Which tables and columns there are: derived from the description of the standard.

Each element that may be repeated is a table; those below it that may not are columns of it. Of the narratives
of an element the first is in its row, further ones are in the table `narratives`. `extras` holds what fits no
column. Names are paths with underscores: `transaction/transaction-type/@code` is `transaction_type_code` in
`transactions`; a table takes as much of its path as makes its name unique.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from suivi.iati.standard import CodeList, Element, Kind, standard
from suivi.iati.standard.model import XML_LANG

_PREFIXES = {"iati-activities": "", "iati-organisations": "organisation_"}
_SAME_PLURAL = ("data", "info", "flags")


class Role(StrEnum):
    """What a column is for."""

    KEY = "key"  # of the row, and of the row above
    VALUE = "value"  # stands in the file
    TEXT = "text"  # the number beside it as it was written, where that is not its plain form
    DERIVED = "derived"  # for readers: building a file does not look at it


@dataclass(frozen=True)
class Column:
    """One column. `path` is where the value stands below the table's element: "value/@currency", "value"."""

    name: str
    path: str
    kind: Kind
    role: Role = Role.VALUE
    lists: tuple[CodeList, ...] = ()
    is_required: bool = False  # in each row of a valid file


@dataclass(eq=False)
class Table:
    """One table. `path` is the way from the element of the table above: "crs-add/other-flags"."""

    name: str
    parent: "ElementTable | None"
    path: str
    columns: list[Column] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, path: str, role: Role = Role.VALUE) -> int:
        """The place of the column with this path and role."""
        return next(i for i, one in enumerate(self.columns) if one.path == path and one.role is role)


@dataclass(eq=False, kw_only=True)
class ElementTable(Table):
    """A table whose rows are elements of one kind."""

    element: Element


@dataclass(frozen=True)
class Design:
    """The tables of one kind of file, each after the one above it; `narratives` and `extras` last."""

    root: Element
    tables: Mapping[str, ElementTable]  # by the path of the element
    narratives: Table
    extras: Table

    def all(self) -> Iterator[Table]:
        yield from self.tables.values()
        yield self.narratives
        yield self.extras

    @property
    def files(self) -> ElementTable:
        """One row for each file: the attributes of its root."""
        return self.tables[self.root.path]

    @property
    def records(self) -> ElementTable:
        """One row for each activity or organisation."""
        return self.tables[next(iter(self.root.children.values())).path]

    @property
    def identifier(self) -> int:
        """The place of the column of `records` that identifies a record."""
        return self.records.column(next(iter(self.records.element.children)))


@cache
def designs() -> Mapping[str, Design]:
    """The tables for each kind of file, by the name of its root."""
    return {name: _design(root, _PREFIXES[name]) for name, root in standard().items()}


def _design(root: Element, prefix: str) -> Design:
    tables: dict[str, ElementTable] = {}
    record = record_column(root)
    names = _names([one.path for one in root.walk() if one.is_repeatable and not one.is_narrative])
    for element in root.walk():
        if element.is_narrative or not (element.is_repeatable or element is root):
            continue
        above = element.path.rpartition("/")[0]
        while above and above not in tables:
            above = above.rpartition("/")[0]
        parent = tables.get(above)
        name = f"{prefix}files" if element is root else names[element.path]
        if parent and parent.parent:
            name = prefix + name
        table = ElementTable(name, parent, element.path.removeprefix(f"{above}/"), element=element)
        table.columns += [*_keys(table, record), *_columns(element, "")]
        tables[element.path] = table
    return Design(root, tables, _narratives(prefix, record), _extras(prefix, record))


def _names(paths: list[str]) -> dict[str, str]:
    """Each path's shortest end that no other path has, the last word in the plural."""
    below = {path: path.split("/")[2:] or path.split("/")[1:] for path in paths}
    ends = Counter("/".join(words[i:]) for words in below.values() for i in range(len(words)))
    names = {}
    for path, words in below.items():
        end = next(words[i:] for i in reversed(range(len(words))) if i == 0 or ends["/".join(words[i:])] == 1)
        names[path] = "_".join([*end[:-1], _plural(end[-1])]).removeprefix("iati-").replace("-", "_")
    return names


def _plural(word: str) -> str:
    if word.endswith(_SAME_PLURAL):
        return word
    if word.endswith("y"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith("s") else f"{word}s"


def record_column(root: Element) -> str:
    """The column with the identifier of the record that a row belongs to."""
    record = next(iter(root.children.values()))
    return next(iter(record.children)).replace("-", "_")


def _keys(table: Table, record: str) -> Iterator[Column]:
    yield Column("id", "", Kind.POSITIVE, Role.KEY, is_required=True)
    if table.parent is None:
        yield Column("file", "", Kind.STRING, Role.DERIVED)
        return
    yield Column("parent_id", "..", Kind.POSITIVE, Role.KEY, is_required=True)
    if table.parent.parent is not None:
        yield Column(record, "", Kind.STRING, Role.DERIVED)


def _columns(element: Element, path: str, *, is_needed: bool = True) -> Iterator[Column]:
    """The columns of an element at this path of its table, and of the unrepeatable ones below it.

    `is_needed`: the element has to be there in each row.
    """
    base = path.replace("/", "_").replace("-", "_")
    if element.text:
        yield from _value(base or "value", path, element.text, element.lists, is_required=is_needed)
    for key, attribute in element.attributes.items():
        name = "lang" if key == XML_LANG else attribute.name.replace("-", "_")
        at = f"{path}/@{attribute.name}".lstrip("/")
        name = f"{base}_{name}".lstrip("_")
        is_required = is_needed and attribute.is_required
        yield from _value(name, at, attribute.kind, attribute.lists, is_required=is_required)
        if attribute.name == "currency":
            yield Column(f"{name}_or_default", at, Kind.STRING, Role.DERIVED)
    for child in element.children.values():
        below = f"{path}/{child.name}".lstrip("/")
        is_required = is_needed and child.is_required
        if child.is_narrative:
            yield Column(base or "narrative", below, Kind.STRING, is_required=is_required)
            language = child.attributes[XML_LANG]
            name = f"{base or 'narrative'}_lang"
            yield Column(name, f"{below}/@{language.name}", language.kind, lists=language.lists)
        elif not child.is_repeatable:
            yield from _columns(child, below, is_needed=is_required)


def _value(
    name: str, path: str, kind: Kind, lists: tuple[CodeList, ...], *, is_required: bool
) -> Iterator[Column]:
    yield Column(name, path, kind, lists=lists, is_required=is_required)
    if kind is Kind.DECIMAL:
        yield Column(f"{name}_text", path, Kind.STRING, Role.TEXT)


def _narratives(prefix: str, record: str) -> Table:
    columns = [
        Column("id", "", Kind.POSITIVE, Role.KEY, is_required=True),
        Column("table", "", Kind.STRING, Role.KEY, is_required=True),
        Column("row_id", "..", Kind.POSITIVE, Role.KEY, is_required=True),
        Column(record, "", Kind.STRING, Role.DERIVED),
        Column("path", "", Kind.STRING, Role.KEY),
        Column("narrative", "narrative", Kind.STRING),
        Column("narrative_lang", "narrative/@xml:lang", Kind.LANGUAGE, lists=(CodeList("Language"),)),
    ]
    return Table(f"{prefix}narratives", None, "", columns)


def _extras(prefix: str, record: str) -> Table:
    columns = [
        Column("id", "", Kind.POSITIVE, Role.KEY, is_required=True),
        Column("table", "", Kind.STRING, Role.KEY, is_required=True),
        Column("row_id", "..", Kind.POSITIVE, Role.KEY, is_required=True),
        Column(record, "", Kind.STRING, Role.DERIVED),
        Column("path", "", Kind.STRING, Role.KEY),
        Column("what", "", Kind.STRING, is_required=True),
        Column("name", "", Kind.STRING),
        Column("before", "", Kind.STRING),
        Column("content", "", Kind.STRING),
    ]
    return Table(f"{prefix}extras", None, "", columns)
