"""Records into rows. Whatever finds no column becomes a row of `extras`, so that nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from lxml import etree

from suivi.iati.opening import Piece
from suivi.iati.reader import Reading
from suivi.iati.standard.model import XML_LANG
from suivi.iati.tables.plan import Plan, Row, Step


class What(StrEnum):
    """The kinds of extras. `path` and `name` say where; `content` is the text, or XML for an element."""

    ATTRIBUTE = "attribute"  # one that the standard does not know
    EMPTY = "empty"  # an attribute without text, or an element without anything
    RECEIVED = "received"  # the text of a typed value whose plain form is another
    TEXT = "text"
    COMMENT = "comment"
    INSTRUCTION = "instruction"
    ELEMENT = "element"  # unknown, or one more where one is allowed
    NAMESPACE = "namespace"  # of the root, by prefix


OUTSIDE = ".."  # the path of what stands beside the root
AT_END = "end"  # `before` of what stands after the root


class Walk:
    """Goes through the records of one kind of file and fills the waiting rows of its plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._identifier_tag = next(iter(plan.record.children))
        self._outside = Step(OUTSIDE, plan.design.files)
        self._identifier: str | None = None
        self._currency: str | None = None
        self._language: str | None = None
        self._row: Row = []  # of the record that is gone through
        self._gone: Counter[str] = Counter()  # its elements that were taken away
        # The places of the columns that each extra has.
        names = plan.design.extras.names
        self._extra_at = tuple(names.index(one) for one in ("path", "what", "name", "before", "content"))

    def file(self, reading: Reading) -> Row:
        """The row of a file, from the start tag of its root."""
        plan = self.plan
        row = plan.files.add()
        row[1] = reading.path.name
        self._identifier = self._currency = self._language = None
        for prefix, address in reading.head.namespaces.items():
            self.keep(plan.root, row, What.NAMESPACE, prefix or "", None, address)
        for key, value in reading.head.attributes.items():
            if value and key in plan.root.attributes:
                row[plan.root.attributes[key]] = value
            else:
                self._keep_attribute(key, value, plan.root, row)
        return row

    def between(self, nodes: tuple[Any, ...], row: Row, before: str | None) -> None:
        """What stands in the root before a record or after the last one."""
        for index, node in enumerate(nodes):
            is_last = not any(isinstance(other.tag, str) for other in nodes[index:])
            self._strange(node, self.plan.root, row, before if is_last else None)

    def after(self, reading: Reading, row: Row) -> None:
        """What is known of a file when its records are through."""
        self._identifier = None
        self.between(reading.rest, row, None)
        for nodes, before in ((reading.prologue, None), (reading.epilogue, AT_END)):
            for node in nodes:
                self._strange(node, self._outside, row, before)

    def piece(self, piece: Piece, file: Row) -> None:
        """One activity or organisation, or a piece of it."""
        if piece.is_first:
            xml = piece.element
            self._identifier = (xml.findtext(self._identifier_tag) or "").strip() or None
            self._currency = xml.get("default-currency")
            self._language = xml.get(XML_LANG)
            self._row = self.plan.records.add()
            self._row[1] = file[0]
        self._gone = piece.gone
        self._fill(piece, self.plan.record, self._row)

    def _fill(self, xml: Any, step: Step, row: Row) -> None:  # noqa: PLR0912  calls would cost a third more
        """Put an element and what is below it into a row. The hot loop: it goes through every element."""
        items = xml.items()
        for key, value in items:
            index = step.attributes.get(key)
            if index is not None and value:
                row[index] = value
            else:
                self._keep_attribute(key, value, step, row)
        text = xml.text
        if text is None:
            if not items and step.rows is None and not len(xml):
                self.keep(step, row, What.EMPTY)
                return
        elif step.text >= 0:
            row[step.text] = text
        elif not text.isspace() or not text.isascii():
            self.keep(step, row, What.TEXT, None, self._anchor(next(_elements(xml), None), step), text)
        elif not items and step.rows is None and not len(xml):
            self.keep(step, row, What.EMPTY)
        if len(xml):
            children = step.children
            for child in xml:
                below = children.get(child.tag)
                if below is None:
                    self._strange(child, step, row, self._anchor_after(child, step))
                elif below.rows is not None:
                    new = below.rows.add()
                    new[1] = row[0]
                    new[2] = self._identifier
                    self._fill(child, below, new)
                elif not row[-1] & below.mark:
                    row[-1] |= below.mark
                    self._fill(child, below, row)
                elif below.is_narrative:
                    self._narrative(child, below, row)
                else:
                    self._strange(child, step, row, None)
                tail = child.tail
                if tail is not None and not (tail.isspace() and tail.isascii()):
                    self.keep(step, row, What.TEXT, None, self._anchor_after(child, step), tail)
        if step.currency >= 0:
            row[step.currency_or_default] = row[step.currency] or self._currency

    def _keep_attribute(self, key: str, value: str, step: Step, row: Row) -> None:
        if key in step.attributes:
            self.keep(step, row, What.EMPTY, key)
        else:
            self.keep(step, row, What.ATTRIBUTE, key, None, value)

    def _narrative(self, xml: Any, step: Step, row: Row) -> None:
        new = self.plan.narratives.add()
        new[1], new[2], new[3], new[4] = step.table.name, row[0], self._identifier, step.path or None
        self._fill(xml, self.plan.narrative, new)

    def _strange(self, node: Any, step: Step, row: Row, before: str | None) -> None:
        if isinstance(node.tag, str):
            content = etree.tostring(node, encoding="unicode", with_tail=False)
            self.keep(step, row, What.ELEMENT, node.tag, None, content)
        elif node.tag is etree.Comment:
            self.keep(step, row, What.COMMENT, None, before, node.text)
        else:
            self.keep(step, row, What.INSTRUCTION, node.target, before, node.text)

    def _anchor_after(self, node: Any, step: Step) -> str | None:
        following = (one for one in node.itersiblings() if isinstance(one.tag, str))
        return self._anchor(next(following, None), step)

    def _anchor(self, element: Any, step: Step) -> str | None:
        """The name of an element among its siblings; None for one that the standard does not know here."""
        if element is None or element.tag not in step.children:
            return None
        before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        if step is self.plan.record:
            before += self._gone[element.tag]
        return f"{element.tag}[{before + 1}]"

    def keep(
        self,
        step: Step,
        row: Row,
        what: What,
        name: str | None = None,
        before: str | None = None,
        content: str | None = None,
    ) -> None:
        """One row of `extras`. `before` names the element that it stands before: `sector[2]`; None: none."""
        new = self.plan.extras.add()
        new[1], new[2], new[3] = step.table.name, row[0], self._identifier
        for index, value in zip(self._extra_at, (step.path, what.value, name, before, content), strict=True):
            new[index] = value or None


def _elements(xml: Any) -> Iterator[Any]:
    return (child for child in xml if isinstance(child.tag, str))
