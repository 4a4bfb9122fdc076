"""The overview: the plan in the shape of the table that the governing body adopted."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suivi.plan.models import ActionEdition, Link, LinkKind
from suivi.plan.queries import DeliverableOnDay
from suivi.render.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Content,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
)
from suivi.reporting.material import Material


def compose_overview(material: Material) -> Document:
    """Every action with its deliverables and time frames, pillar by pillar, and what the actions serve."""
    return Document(
        metadata=material.metadata(_("Overview of the plan"), _("Actions, deliverables and time frames")),
        cover=material.cover("", _purpose(material)),
        notice=material.notice,
        blocks=tuple(_blocks(material)),
    )


def _purpose(material: Material) -> str:
    pillars = len({one.row.action.pillar_id for one in material.deliverables})
    actions = len({one.row.action_id for one in material.deliverables})
    count = len(material.deliverables)
    return _(
        "This overview shows the plan as adopted and in force on %(day)s: %(pillars)s, %(actions)s and "
        "%(deliverables)s, with their time frames."
    ) % {
        "day": material.typography.day(material.day),
        "pillars": ngettext("%(count)s pillar", "%(count)s pillars", pillars) % {"count": pillars},
        "actions": ngettext("%(count)s action", "%(count)s actions", actions) % {"count": actions},
        "deliverables": ngettext("%(count)s deliverable", "%(count)s deliverables", count) % {"count": count},
    }


def _blocks(material: Material) -> Iterator[Block]:
    notes_said: set[str] = set()
    for pillar, found in material.by_pillar():
        yield Heading(material.pillar(pillar))
        yield _table(material, found, notes_said)
        for actions, links in _same_links(material.by_action(found)):
            yield Paragraph(_concern(actions))
            yield BulletList(tuple(_link(material, link) for link in links))
    if material.internal_numbers:
        yield Paragraph(material.internal_numbers, role="small")


def _table(material: Material, found: list[DeliverableOnDay], notes_said: set[str]) -> Table:
    body: list[Row] = []
    for action, rows in material.by_action(found):
        for position, one in enumerate(rows):
            cells = [
                Cell(
                    _with_notes(
                        material,
                        (Run(f"{one.row.number}  "), material.words(one.row.text)),
                        one.row.footnotes,
                        notes_said,
                    )
                ),
                Cell(material.window(one)),
            ]
            if position == 0:
                content = _with_notes(material, material.action(action), action.footnotes, notes_said)
                cells.insert(0, Cell(content, rowspan=len(rows), is_header=True))
            body.append(Row(tuple(cells)))
    pillar = found[0].row.action.pillar
    return Table(
        caption=_("%(level)s %(number)s: actions, deliverables and time frames")
        % {"level": material.level("pillar"), "number": pillar.number},
        columns=(Column(5), Column(6), Column(1.6)),
        header=(
            Row(
                (
                    Cell(material.level("action")),
                    Cell(material.level("deliverable")),
                    Cell(_("Time frame")),
                )
            ),
        ),
        body=tuple(body),
    )


def _with_notes(material: Material, words: tuple[Run, ...], marks: Iterable[str], said: set[str]) -> Content:
    """The words with the notes of the document that stood on them; a note stands where it is met first."""
    texts = {note["mark"]: note["text"] for note in material.edition.footnotes}
    fresh = [mark for mark in marks if mark in texts and mark not in said]
    said.update(fresh)
    return (*words, *(Note(texts[mark]) for mark in fresh))


def _same_links(
    actions: Iterable[tuple[ActionEdition, list[DeliverableOnDay]]],
) -> Iterator[tuple[list[ActionEdition], list[Link]]]:
    """Neighbouring actions that serve the same, as the document groups them."""
    rows = [action for action, _found in actions]
    for keys, same in groupby(rows, key=lambda action: [_key(link) for link in action.links.all()]):
        grouped = list(same)
        if keys:
            yield grouped, list(grouped[0].links.all())


def _key(link: Link) -> tuple[str, int | None, str]:
    return (link.kind, link.framework_id, link.code)


def _concern(actions: list[ActionEdition]) -> str:
    numbers = [action.number for action in actions]
    if len(numbers) == 1:
        return _("Action %(number)s serves in particular:") % {"number": numbers[0]}
    listed = _("%(all_but_last)s and %(last)s") % {
        "all_but_last": ", ".join(numbers[:-1]),
        "last": numbers[-1],
    }
    return _("Actions %(numbers)s serve in particular:") % {"numbers": listed}


def _link(material: Material, link: Link) -> Content:
    edition = _edition_words(material, link)
    if link.kind == LinkKind.SCOPE:
        scope = _("all policy outcomes") if link.code == "all policy outcomes" else link.code
        return f"{edition}: {scope}"
    if link.kind == LinkKind.OUTPUT:
        title = link.title or (link.item.title if link.item else None)
        words = material.words(title)
        label = f"{edition}, {_kind_words(link)} {link.code}"
        return (Run(f"{label}: "), words) if words.text else label
    title = material.words(link.title)
    return (title, Run(f" ({link.code})")) if title.text else link.code


def _kind_words(link: Link) -> str:
    kind = link.item.kind if link.item else ""
    return {
        "policy_outcome": _("policy outcome"),
        "enabling_outcome": _("enabling outcome"),
        "indicator": _("indicator"),
    }.get(kind, _("output"))


def _edition_words(material: Material, link: Link) -> str:
    """The name of the framework edition, or its code in the form of the language."""
    if link.framework is None:
        return ""
    if link.framework.name:
        return material.words(link.framework.name).text
    first, separator, _last = link.framework.code.partition("-")
    if separator and first.isdecimal() and len(first) == 4:
        return material.typography.biennium(int(first))
    return link.framework.code
