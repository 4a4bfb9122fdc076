"""plan.yaml: a plan for people, ordered and commented, and equal as data each time it goes round."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import yaml

from suivi.documents.model import (
    Action,
    Certainty,
    Deliverable,
    Footnote,
    Header,
    Link,
    LinkKind,
    Pillar,
    PlanDocument,
    Target,
)
from suivi.documents.planfile_nodes import Complaints, Members, compose, text_of
from suivi.findings import Finding, Place
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

VERSION = 1
LABELLED = ("pillar", "action", "deliverable", "body")


class PlanFileRefused(InputRefused):
    """The file is broken and nothing of it is taken; `findings` name each place."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        one, several = (
            gettext_noop("The plan file has an error on %(place)s: %(first)s"),
            gettext_noop("The plan file has %(count)s errors, the first on %(place)s: %(first)s"),
        )
        super().__init__(
            one if len(findings) == 1 else several,
            {"count": len(findings), "place": findings[0].place, "first": findings[0].message},
            gettext_noop("Nothing was taken. Mend the file and try again."),
        )


def load(text: str) -> tuple[PlanDocument, list[Finding]]:
    """A plan file as a plan. Raises InputRefused where it is broken: a plan is taken whole or not at all."""
    plan, findings = parse(text)
    if plan is None:
        raise PlanFileRefused(findings)
    return plan, findings


def parse(text: str) -> tuple[PlanDocument | None, list[Finding]]:
    """The plan and what is wrong with the file; no plan where anything is."""
    root = compose(text)
    complaints = Complaints()
    if not isinstance(root, yaml.MappingNode):
        complaints.add(
            "plan-file-shape", root, gettext_noop("The file does not start with names and values.")
        )
        return None, complaints.findings
    members = Members(root, complaints)
    plan = _plan(members)
    members.report_unknown()
    _check(plan, complaints, root)
    return (None if complaints.findings else plan), complaints.findings


def _plan(members: Members) -> PlanDocument:
    if members.whole("suivi") not in {VERSION, None}:
        members.complaints.add(
            "plan-file-version",
            members.members["suivi"],
            gettext_noop("This version of the plan file is not known."),
            gettext_noop("Write “suivi: 1”, or take a newer version of suivi."),
        )
    language = members.language("language") or "en"
    document = members.mapping("document")
    header = _header(document, language) if document else Header(language=language)
    labels = members.mapping("labels")
    return PlanDocument(
        header=header,
        slug=members.scalar("plan"),
        labels=_labels(labels, language) if labels else {},
        pillars=[_pillar(one, language) for one in members.mappings("pillars")],
        paragraphs=members.whole("paragraphs") or 0,
        decision_paragraph=members.whole("decision_paragraph"),
        footnotes=[_footnote(one) for one in members.mappings("footnotes")],
        cited=members.words("cited"),
    )


def _header(members: Members, language: str) -> Header:
    header = Header(
        language=language,
        symbol=members.scalar("symbol"),
        title=members.text("title", language),
        body=members.scalar("body"),
        session=members.scalar("session"),
        item=members.whole("item"),
        dated_on=members.day("date"),
        author_unit=members.scalar("author_unit"),
        original_language=members.language("original_language") or "",
    )
    members.report_unknown()
    return header


def _labels(members: Members, language: str) -> dict[str, Text]:
    labels = {name: members.text(name, language) for name in LABELLED}
    members.report_unknown()
    return {name: text for name, text in labels.items() if text}


def _pillar(members: Members, language: str) -> Pillar:
    pillar = Pillar(
        **_common(members),
        title=members.text("title", language) or Text.of("", language),
        actions=[_action(one, language) for one in members.mappings("actions")],
    )
    members.close(pillar)
    return pillar


def _action(members: Members, language: str) -> Action:
    action = Action(
        **_common(members),
        title=members.text("title", language),
        text=_required_text(members, language, may_be_unnamed=True),
        continues=members.scalar("continues"),
        links=list(_links(members, language)),
        deliverables=[_deliverable(one, language) for one in members.mappings("deliverables")],
    )
    members.close(action)
    return action


def _deliverable(members: Members, language: str) -> Deliverable:
    target, unit = members.decimal("target"), members.text("unit", language)
    deliverable = Deliverable(
        **_common(members),
        follows=members.words("follows"),
        title=members.text("title", language),
        text=_required_text(members, language),
        window=members.scalar("window") or None,
        starts_on=members.day("starts"),
        ends_on=members.day("ends"),
        target=None if target is None else Target(target, unit or Text.of("", language)),
        strands=[
            text
            for node in members.items("strands")
            if (text := text_of(node, language, members.complaints)) is not None
        ],
        lead=members.scalar("lead"),
        indicator=members.scalar("indicator"),
        links=list(_links(members, language)),
    )
    if target is not None and target < 0:
        members.complaints.add(
            "plan-file-target",
            members.members["target"],
            gettext_noop("A target below zero is not taken."),
        )
    starts, ends = deliverable.starts_on, deliverable.ends_on
    if starts and ends and ends < starts:
        members.complaints.add(
            "plan-file-window", members.members["ends"], gettext_noop("The time frame ends before it starts.")
        )
    members.close(deliverable)
    return deliverable


def _required_text(members: Members, language: str, *, may_be_unnamed: bool = False) -> Text:
    """The text; only an action of ours that stands where the document names none goes without one."""
    text = members.text("text", language)
    if not text and not (may_be_unnamed and members.is_true("internal")):
        members.complaints.add(
            "plan-file-no-text",
            members.node,
            gettext_noop("Number %(number)s has no text."),
            number=members.scalar("number"),
        )
    return text or Text.of("", language)


def _common(members: Members) -> dict[str, Any]:
    number = members.scalar("number")
    if not number:
        members.complaints.add(
            "plan-file-no-number",
            members.node,
            gettext_noop("There is no number here."),
            gettext_noop("Give one and write “internal: true” beside it where the document has none."),
        )
    return {
        "number": number,
        "key": members.scalar("key"),
        "number_is_internal": members.is_true("internal"),
        "footnotes": members.words("footnotes"),
        "place": _place(members.scalar("place")),
    }


def _place(words: str) -> Place:
    """The place as it is written: "page 3, line 12", "line 114", "Plan!B7"."""
    place = Place()
    if "!" in words:
        sheet, _, cell = words.rpartition("!")
        return Place(sheet=sheet, cell=cell)
    for part in words.split(", "):
        name, _, number = part.partition(" ")
        if name == "page" and number.isdecimal():
            place = replace(place, page=int(number))
        elif name == "line" and number.isdecimal():
            place = replace(place, line=int(number))
        elif part:
            place = replace(place, cell=part)
    return place


def _links(members: Members, language: str) -> Iterator[Link]:
    for node in members.items("links"):
        title = None
        if isinstance(node, yaml.MappingNode):
            inner = Members(node, members.complaints)
            key, title = inner.scalar("key"), inner.text("title", language)
            inner.report_unknown()
        else:
            key = str(node.value)
        link = link_of(key, title)
        if link is None:
            members.complaints.add(
                "plan-file-link",
                node,
                gettext_noop("“%(key)s” is no link."),
                gettext_noop(
                    "Write EDITION:CODE, EDITION:all policy outcomes, doc:SYMBOL or text: and words."
                ),
                key=key,
            )
        else:
            yield link


def link_of(key: str, title: Text | None = None) -> Link | None:
    """A link from its key; None where the key is none."""
    edition, separator, code = key.partition(":")
    if not separator or not edition.strip() or not code.strip():
        return None
    if edition == "doc":
        return Link(LinkKind.DOCUMENT, code, title=title)
    if edition == "text":
        return Link(LinkKind.TEXT, code, title=title)
    kind = LinkKind.SCOPE if code.startswith("all ") else LinkKind.OUTPUT
    return Link(kind, code, edition, title)


def _footnote(members: Members) -> Footnote:
    note = Footnote(members.scalar("mark"), members.scalar("text"), _place(members.scalar("place")))
    members.report_unknown()
    return note


def _check(plan: PlanDocument, complaints: Complaints, root: yaml.Node) -> None:
    """What only the whole plan shows: a key that stands twice at its level."""
    for level, parts in (
        ("pillar", plan.pillars),
        ("action", list(plan.actions())),
        ("deliverable", list(plan.deliverables())),
    ):
        seen: set[str] = set()
        for part in parts:
            key = part.key or part.number
            if key in seen:
                complaints.add(
                    "plan-file-number-twice",
                    complaints.nodes.get(id(part), root),
                    gettext_noop("The %(level)s number %(number)s stands twice."),
                    level=level,
                    number=key,
                )
            seen.add(key)


def dump(plan: PlanDocument) -> str:
    """The plan as a file: in the order of the document, with blank lines and comments where they help."""
    return "".join(_lines(plan))


def _lines(plan: PlanDocument) -> Iterator[str]:
    header = plan.header
    yield "# An adopted plan. Edit it by hand; “suivi plan load” takes it. Comments are not kept.\n"
    yield "# “internal: true” marks a number that is ours, because the document gives none.\n"
    yield from _pairs(0, {"suivi": VERSION, "plan": plan.slug, "language": header.language})
    document = {
        "symbol": header.symbol,
        "title": _plain(header.title, header.language),
        "body": header.body,
        "session": header.session,
        "item": header.item,
        "date": header.dated_on,
        "author_unit": header.author_unit,
        "original_language": header.original_language,
    }
    if any(value not in {"", None} for value in document.values() if not isinstance(value, dict)):
        yield "\n# The document that states it\n"
        yield from _pairs(0, {"document": {k: v for k, v in document.items() if v not in ("", None)}})
    if plan.labels:
        yield "\n# What this plan calls its levels, and the governing body\n"
        yield from _pairs(0, {"labels": {k: _plain(v, header.language) for k, v in plan.labels.items()}})
    yield "\npillars:\n" if plan.pillars else "\npillars: []\n"
    for pillar in plan.pillars:
        yield "\n"
        yield from _guesses(2, pillar)
        yield from _member(
            2, {**_head(pillar), "title": _plain(pillar.title, header.language), **_tail(pillar)}
        )
        if pillar.actions:
            yield "    actions:\n"
        for action in pillar.actions:
            yield "\n"
            yield from _guesses(6, action)
            yield from _member(6, _action_data(action, header.language))
            if action.deliverables:
                yield "        deliverables:\n"
            for deliverable in action.deliverables:
                yield from _guesses(10, deliverable)
                yield from _member(10, _deliverable_data(deliverable, header.language))
    rest = {
        "paragraphs": plan.paragraphs or None,
        "decision_paragraph": plan.decision_paragraph,
        "footnotes": [
            {"mark": n.mark, "text": n.text, **({"place": str(n.place)} if str(n.place) else {})}
            for n in plan.footnotes
        ],
        "cited": plan.cited,
    }
    if any(rest.values()):
        yield "\n# What else the document holds\n"
        yield from _pairs(0, rest)


def _guesses(indent: int, part: Pillar | Action | Deliverable) -> Iterator[str]:
    """A comment for each field of which the reading is not sure."""
    for name, source in part.sources.items():
        if source.certainty is Certainty.GUESSED:
            why = " ".join(source.why.split()) or "the best of several readings"
            yield f"{' ' * indent}# Please check “{name}”: guessed ({why}).\n"


def _head(part: Pillar | Action | Deliverable) -> dict[str, Any]:
    return {"number": part.number, "internal": part.number_is_internal or None, "key": part.key}


def _tail(part: Pillar | Action | Deliverable) -> dict[str, Any]:
    return {"footnotes": part.footnotes, "place": str(part.place)}


def _action_data(action: Action, language: str) -> dict[str, Any]:
    return {
        **_head(action),
        "title": _plain(action.title, language),
        "text": _plain(action.text, language),
        "continues": action.continues,
        "links": _link_data(action.links, language),
        **_tail(action),
    }


def _deliverable_data(deliverable: Deliverable, language: str) -> dict[str, Any]:
    target = deliverable.target
    return {
        **_head(deliverable),
        "follows": deliverable.follows,
        "title": _plain(deliverable.title, language),
        "text": _plain(deliverable.text, language),
        "window": deliverable.window,
        "starts": deliverable.starts_on,
        "ends": deliverable.ends_on,
        "target": None if target is None else _Number(f"{target.value:f}"),
        "unit": _plain(target.unit, language) if target else None,
        "strands": [_plain(text, language) for text in deliverable.strands],
        "lead": deliverable.lead,
        "indicator": deliverable.indicator,
        "links": _link_data(deliverable.links, language),
        **_tail(deliverable),
    }


def _link_data(links: Iterable[Link], language: str) -> list[Any]:
    return [
        {"key": link.key, "title": _plain(link.title, language)} if link.title else link.key for link in links
    ]


def _plain(text: Text | None, language: str) -> Any:
    """Words alone where the text exists in the language of the plan only."""
    if not text:
        return None
    words = text.plain()
    return words[language] if list(words) == [language] else words


class _Number(str):
    """A number as it is to be written, without quotation marks."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Keeps the order, never writes anchors, indents lists under their name."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


def _represent_number(dumper: yaml.SafeDumper, number: _Number) -> yaml.ScalarNode:
    kind = "float" if "." in number else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", str(number))


_Dumper.add_representer(_Number, _represent_number)


def _pairs(indent: int, data: dict[str, Any]) -> Iterator[str]:
    present = {name: value for name, value in data.items() if value not in ("", None, [], {})}
    if present:
        written = yaml.dump(
            present, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100 - indent, indent=2
        )
        for line in written.splitlines(keepends=True):
            yield " " * indent + line if line.strip() else line


def _member(indent: int, data: dict[str, Any]) -> Iterator[str]:
    """One member of a list: the first line carries the dash."""
    for position, line in enumerate(_pairs(indent + 2, data)):
        yield f"{' ' * indent}- {line[indent + 2 :]}" if position == 0 else line
