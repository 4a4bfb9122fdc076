"""What an earlier edition lends a later document: the translations and short titles that it does not bring.

An adopted document comes in one language and without short titles. What people wrote into the edition
before is not lost when the body amends the plan: it stays with every part that keeps its key, and a
translation of a wording that has changed shows as stale.

A document in another language than the plan is a version of it in that language: its words become
translations, and what it says in figures (days, counts, links, places) is compared.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace

from suivi.documents.comparison import Change, Difference, Part, key_of
from suivi.documents.model import Action, Deliverable, Link, PlanDocument, Target
from suivi.values.text import Text, Version


def carry_over(document: PlanDocument, earlier: PlanDocument) -> PlanDocument:
    """A copy of the document with the translations, short titles and names of levels that it lacks."""
    carried = deepcopy(document)
    if carried.header.language != earlier.header.language:
        _take_head(carried, earlier)
    carried.header.title = _filled(carried.header.title, earlier.header.title)
    for level, name in earlier.labels.items():
        carried.labels[level] = _filled(carried.labels.get(level), name) or name
    pillars = {key_of(part): part for part in earlier.pillars}
    for pillar in carried.pillars:
        if key_of(pillar) in pillars:
            pillar.title = _merged(pillar.title, pillars[key_of(pillar)].title)
    actions = {key_of(part): part for part in earlier.actions()}
    for action in carried.actions():
        if key_of(action) in actions:
            _carry_texts(action, actions[key_of(action)])
    deliverables = {key_of(part): part for part in earlier.deliverables()}
    for deliverable in carried.deliverables():
        if key_of(deliverable) in deliverables:
            old = deliverables[key_of(deliverable)]
            _carry_texts(deliverable, old)
            deliverable.strands = _carry_strands(deliverable.strands, old.strands)
            deliverable.target = _carry_target(deliverable.target, old.target)
            if document.header.language != earlier.header.language:
                _keep_wording(deliverable, old)
    return carried


def _take_head(carried: PlanDocument, earlier: PlanDocument) -> None:
    """A version in another language has the same head in other words: that of the adopted one stands."""
    title = carried.header.title
    carried.header = replace(earlier.header, title=title)
    carried.paragraphs, carried.decision_paragraph = earlier.paragraphs, earlier.decision_paragraph
    carried.footnotes, carried.cited = earlier.footnotes, earlier.cited


def _keep_wording(deliverable: Deliverable, old: Deliverable) -> None:
    """What is kept in the words of the document only, where the figures behind the words are the same."""
    deliverable.lead, deliverable.indicator = old.lead, old.indicator
    if (deliverable.starts_on, deliverable.ends_on) == (old.starts_on, old.ends_on):
        deliverable.window = old.window


def is_only_about_the_head(differences: Iterable[Difference]) -> bool:
    """Whether the documents differ only around the plan: in their head and in the marks of their notes."""
    return all(one.change in {Change.HEADER, Change.NOTES} for one in differences if one.is_adopted)


def with_head_of(document: PlanDocument, earlier: PlanDocument) -> PlanDocument:
    """The document with what its head does not say, such as a table without the pages around it."""
    filled = deepcopy(document)
    head, known = filled.header, earlier.header
    stated = {name: value for name, value in vars(head).items() if value not in ("", None)}
    filled.header = replace(known, **stated)
    filled.paragraphs = filled.paragraphs or earlier.paragraphs
    filled.decision_paragraph = filled.decision_paragraph or earlier.decision_paragraph
    filled.footnotes = filled.footnotes or earlier.footnotes
    filled.cited = filled.cited or earlier.cited
    marks = {(level, key_of(part)): part.footnotes for level, part in _parts(earlier)}
    for level, part in _parts(filled):
        part.footnotes = part.footnotes or marks.get((level, key_of(part)), [])
    return filled


def _parts(plan: PlanDocument) -> Iterator[tuple[str, Part]]:
    yield from (("pillar", pillar) for pillar in plan.pillars)
    yield from (("action", action) for action in plan.actions())
    yield from (("deliverable", deliverable) for deliverable in plan.deliverables())


def _carry_texts(part: Action | Deliverable, old: Action | Deliverable) -> None:
    part.title = _filled(part.title, old.title)
    part.text = _merged(part.text, old.text)
    titles = {link.key: link.title for link in old.links}
    part.links = [_titled(link, titles.get(link.key)) for link in part.links]


def _titled(link: Link, title: Text | None) -> Link:
    return Link(link.kind, link.code, link.edition, _filled(link.title, title))


def _carry_strands(new: list[Text], old: list[Text]) -> list[Text]:
    if len(new) != len(old):
        return new
    return [
        _merged(one, two) if str(one) == str(two) or one.original != two.original else one
        for one, two in zip(new, old, strict=True)
    ]


def _carry_target(new: Target | None, old: Target | None) -> Target | None:
    """What is counted keeps its translations where it is called the same, or is said in another language."""
    if new is None or old is None:
        return new
    is_same = str(new.unit) == str(old.unit) or new.unit.original != old.unit.original
    return Target(new.value, _merged(new.unit, old.unit)) if is_same else new


def _filled(new: Text | None, old: Text | None) -> Text | None:
    return _merged(new, old) if new and old else new or old


def _merged(new: Text, old: Text) -> Text:
    """The new text with the languages it lacks; a wording that stays keeps its author and its source.

    Words in another language than the adopted ones become a translation of these.
    """
    if not new or not old:
        return new or old
    if new.original != old.original:
        return old.with_version(new.original, str(new)) if str(new) != _words(old, new.original) else old
    versions: dict[str, Version] = {**old.versions, **new.versions}
    for language, version in old.versions.items():
        if versions[language].text == version.text:
            versions[language] = version
    return Text(new.original, versions)


def _words(text: Text, language: str) -> str:
    return text.plain().get(language, "")
