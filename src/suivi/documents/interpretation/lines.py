"""Lines outside tables into the outline: headings, labelled parts, links, notes, paragraphs, lost rows."""

import re
from dataclasses import dataclass, field

from suivi.documents.interpretation.columns import words_of
from suivi.documents.interpretation.head import Head, read_head_line
from suivi.documents.interpretation.layout import levels_of
from suivi.documents.interpretation.ledger import Entry
from suivi.documents.interpretation.links import link_sentence
from suivi.documents.interpretation.outline import Part, Said
from suivi.documents.interpretation.parts import open_link_block, read_part, take_link_items
from suivi.documents.interpretation.prose import attributes_of, said_deliverable, trailing_attributes
from suivi.documents.interpretation.state import State
from suivi.documents.model import Certainty, Footnote, Use
from suivi.documents.source import Line, LineKind, Table
from suivi.documents.words.fragments import starts_inside
from suivi.documents.words.marks import note_line, strip_marks
from suivi.documents.words.numbering import Numbered, label_key, read_label, read_number
from suivi.documents.words.timeframes import trailing_timeframe
from suivi.documents.words.vocabulary import Level
from suivi.findings import Severity
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop

_DECISION = re.compile(
    r"^(?:[ivxl\d]{1,4}[.)]?\s)?(?:draft decision|proposed decision|projet de decision|projet de resolution|"
    r"proyecto de decision|proyecto de resolucion|draft resolution|decision|decision point)s?\W*$"
)
_INVITES = re.compile(
    r"(?:\b(?:is|are) (?:invited|requested) to|\bmay wish to|\best (?:invitee?|priee?) (?:a|d[e'])|"
    r"\b(?:voudra|souhaitera) (?:peut-etre|sans doute)|\btal vez desee|"
    r"\bse (?:invita|pide|solicita) (?:a|al)\b.{3,80}? (?:a|que))\W{0,2}(?:consider and )?"
    r"(?:adopt|approv|approuv|aprob|aprueb|endors|refrend|enterin|tak|tom|prend|not|examin)"
)
_PARAGRAPH = re.compile(r"^(\d{1,3})[.)]\s{0,4}(\S.*)$", re.DOTALL)
_NOT_A_PILLAR = re.compile(
    r"\b(?:overview|vue d'ensemble|panorama|plan|matrix|matrice|matriz|table|tableau|cuadro|annex|annexe|"
    r"anexo|appendix|appendice|"
    r"apendice|framework|cadre|marco|introduction|introduccion|contexte?|contexto|background|"
    r"antecedents?|antecedentes|conclusions?|conclusiones|"
    r"summary|resume|resumen|implementation|mise en œuvre|mise en oeuvre|decision|contents|sommaire|"
    r"indice|monitoring|suivi|"
    r"budget|presupuesto|objet du document|purpose|finalidad|notes?|references?|glossary|glossaire|"
    r"glosario|preface|foreword|next steps)\b"
)
_SHORT_TITLE = 200
_LOST_PARAGRAPHS = 3  # a number may be skipped where a page end swallowed a paragraph


@dataclass
class Lines:
    """What the walk over the lines has noted besides the outline."""

    head: Head = field(default_factory=Head)
    footnotes: list[Footnote] = field(default_factory=list)
    paragraphs: int = 0
    last_number: int = 0  # of the numbered paragraphs
    decision_paragraph: int | None = None
    is_decision_next: bool = False
    is_past_head: bool = False
    headings: list[tuple[Line, Entry]] = field(default_factory=list)  # the path of open headings
    untitled: Part | None = None  # "Pillar 1" whose title stands on the next line
    last: Entry | None = None


def read_line(line: Line, state: State, lines: Lines) -> None:  # noqa: PLR0911  one line per kind of line
    """Take one line outside tables into the outline or put it on the account for what it is."""
    words = line.text.strip()
    if not words:
        state.ledger.enter(line.place, "", Use.BLANK)
        return
    entry = state.ledger.enter(line.place, words, Use.PARAGRAPH)
    if line.kind is LineKind.FURNITURE:
        entry.use, entry.reason = Use.IGNORED, line.reason or gettext_noop("furniture of the page")
        return
    if _take_footnote(line, words, entry, lines):
        return
    if _take_decision_heading(line, words, entry, state, lines):
        return
    if _take_links(line, words, entry, state):
        return
    state.link_block = None
    if _take_title(words, entry, lines):
        return
    if not state.survey.has_tables and _take_prose(line, words, entry, state, lines):
        return
    if _take_part(line, words, entry, state, lines):
        return
    if line.place in state.survey.sections and line.kind is LineKind.TEXT and not line.is_bold:
        entry.use = Use.HEADING
        _open_heading(line, entry, lines)
        return
    if _take_numbered_paragraph(words, entry, line, lines):
        return
    if _take_lost_row(words, entry, line, state):
        return
    if not lines.is_past_head and read_head_line(words, line.place, entry, lines.head):
        return
    _take_rest(line, words, entry, state, lines)


def _take_footnote(line: Line, words: str, entry: Entry, lines: Lines) -> bool:
    if line.kind is LineKind.FOOTNOTE:
        mark, text = line.mark, words
    else:
        note = note_line(words)
        if note is None:
            return False
        mark, text = note
    lines.footnotes.append(Footnote(mark, strip_marks(text)[0], line.place))
    entry.use, entry.reason = Use.FOOTNOTE, ""
    return True


def _take_decision_heading(line: Line, words: str, entry: Entry, state: State, lines: Lines) -> bool:
    if len(words) > 60 or not _DECISION.match(fold(words)):
        return False
    entry.use = Use.HEADING
    lines.is_decision_next = True
    lines.is_past_head = True
    lines.headings = [(line, entry)] if line.kind is LineKind.HEADING else []
    state.link_block = None
    return True


def _take_links(line: Line, words: str, entry: Entry, state: State) -> bool:
    sentence = link_sentence(words)
    if sentence is not None and (sentence or state.outline.pillar is not None):
        open_link_block(sentence, line.place, entry, state)
        return True
    if state.link_block is None:
        return False
    listed = [f"• {words}"] if line.kind is LineKind.LIST_ITEM else [words]
    return take_link_items(listed, line.place, entry, state)


def _take_title(words: str, entry: Entry, lines: Lines) -> bool:
    """The title of a pillar or action whose label stands on the line above."""
    part, lines.untitled = lines.untitled, None
    if part is None or len(words) > _SHORT_TITLE or read_label(words) or _PARAGRAPH.match(words):
        return False
    part.extend(words)
    entry.serve(part, "title" if part.level is Level.PILLAR else "text")
    return True


def _take_part(line: Line, words: str, entry: Entry, state: State, lines: Lines) -> bool:
    """A labelled pillar or action ("Axe 2 : ...") on a line of its own."""
    label = read_label(words)
    level = state.survey.levels.get(label_key(label.label)) if label else None
    if label is None or level is None or level is Level.DELIVERABLE:
        return False
    is_heading = line.kind is LineKind.HEADING or line.is_bold
    if not is_heading and not _is_short_title(words, label):
        return False
    part = read_part(words, line.place, None, state)
    if part is None:
        return False
    entry.serve(part, "title" if part.level is Level.PILLAR else "text")
    lines.is_past_head = lines.is_past_head or not state.survey.has_tables
    lines.untitled = None if part.words else part
    if is_heading:
        _open_heading(line, entry, lines)
    return True


def _is_short_title(words: str, label: Numbered) -> bool:
    """Whether words are a title; one that ends like a sentence has a mark behind its number."""
    mark = re.match(r"\s?[.:–—-]\s", words.partition(label.number)[2])
    is_sentence = words.endswith(",") or (words.endswith(".") and not mark)
    return len(words) <= _SHORT_TITLE and not is_sentence and not label.rest[:1].islower()


def _take_numbered_paragraph(words: str, entry: Entry, line: Line, lines: Lines) -> bool:
    match = _PARAGRAPH.match(words)
    if not match or line.kind is LineKind.HEADING:
        return False
    number = int(match[1])
    if not (lines.is_decision_next or lines.last_number < number <= lines.last_number + _LOST_PARAGRAPHS):
        return False
    bare = strip_marks(words)[0].strip("* ")
    is_sentence = bare.endswith((".", ":", ";")) or len(words) >= 60 or ". " in bare[match.end(1) + 2 :]
    if not is_sentence:
        return False
    lines.paragraphs += 1
    lines.last_number = number
    lines.is_past_head = True
    if lines.is_decision_next or (lines.decision_paragraph is None and _INVITES.search(fold(bare[:200]))):
        lines.decision_paragraph, lines.is_decision_next = number, False
        entry.serves.append(("decision paragraph", ""))
    return True


def _take_lost_row(words: str, entry: Entry, line: Line, state: State) -> bool:
    """A deliverable that has lost its row: a sentence with a time frame behind it, between tables."""
    if not state.columns or state.outline.action is None or line.kind is LineKind.HEADING:
        return False
    present = levels_of(state.columns)
    if Level.DELIVERABLE not in present and Level.ACTION not in present:
        return False
    trailing = trailing_timeframe(words)
    if trailing is None or len(trailing[0]) < 15:
        return False
    numbered = read_number(trailing[0])
    why = gettext_noop("a line behind the table that ends with a time frame: its row was lost")
    part = Part(
        Level.DELIVERABLE,
        numbered.rest if numbered else trailing[0],
        line.place,
        number=numbered.number if numbered else "",
        certainty=Certainty.CONCLUDED,
        why=why,
    )
    part.fields["timeframe"] = Said(trailing[1], line.place, Certainty.CONCLUDED, why)
    state.outline.add_deliverable(part)
    entry.serve(part, "text")
    entry.serve(part, "timeframe")
    state.ledger.find(
        "row-lost",
        Severity.WARNING,
        gettext_noop("A line behind the table was read as a deliverable that has lost its row."),
        line.place,
        gettext_noop("Check that it belongs to action %(action)s."),
        action=state.outline.action.number or "–",
    )
    return True


def _say_left_out(words: str, line: Line, state: State) -> None:
    """A heading of a level for which the plan has no place between its others."""
    if state.survey.has_tables or state.survey.prose:
        state.ledger.find(
            "level-left-out",
            Severity.NOTE,
            gettext_noop(
                "“%(words)s” is a level between others; the plan keeps pillars, actions and deliverables."
            ),
            line.place,
            gettext_noop("Put the words into the pillar or the action if they are needed."),
            words=words[:80],
        )


def _take_rest(line: Line, words: str, entry: Entry, state: State, lines: Lines) -> None:
    if line.kind is LineKind.HEADING or (line.is_bold and len(words) < _SHORT_TITLE):
        entry.use = Use.HEADING
        if read_label(words):
            _say_left_out(words, line, state)
        _open_heading(line, entry, lines)
        if not lines.is_past_head:
            lines.head.titles.append((line.level or 9, words, line.place, entry))
        return
    if not lines.is_past_head and len(words) <= 300:
        lines.head.titles.append((50, words, line.place, entry))


def _open_heading(line: Line, entry: Entry, lines: Lines) -> None:
    level = line.level or 9
    lines.headings = [(open_line, e) for open_line, e in lines.headings if (open_line.level or 9) < level]
    lines.headings.append((line, entry))


def use_headings(table: Table, state: State, lines: Lines) -> None:
    """Let headings without a label name the pillar or action of the table under them.

    The nearest heading names the lowest level that the table's columns leave open. Headings that speak of
    the plan itself ("Overview of the actions") name nothing.
    """
    header = state.survey.headers.get(id(table))
    if header is None:
        return
    present = levels_of(header.columns)
    labelled = {state.survey.levels[key] for key in state.survey.labels if key in state.survey.levels}
    missing = [level for level in (Level.ACTION, Level.PILLAR) if level not in present]
    if Level.PILLAR in present or not missing or _has_spanning_parts(table, state):
        missing = []
    pairs = list(zip(reversed(lines.headings), missing, strict=False))
    for (line, entry), level in reversed(pairs):  # the pillar is opened before its action
        if entry.use is not Use.HEADING or _NOT_A_PILLAR.search(fold(line.text)):
            continue
        if level in labelled or read_label(line.text):
            continue
        if line.place not in state.survey.sections:
            continue
        part = read_part(line.text, line.place, level, state)
        if part is not None:
            entry.serve(part, "title" if level is Level.PILLAR else "text")


def _has_spanning_parts(table: Table, state: State) -> bool:
    for row in table.rows:
        filled = [words for cell in row if (words := words_of(cell))]
        label = read_label(filled[0]) if len(filled) == 1 else None
        if label and state.survey.levels.get(label_key(label.label)) in (Level.PILLAR, Level.ACTION):
            return True
    return False


def _take_prose(line: Line, words: str, entry: Entry, state: State, lines: Lines) -> bool:
    """A part of a plan without tables, or what is said of the last one ("Lead: Planning Unit")."""
    level = state.survey.prose.get(line.place)
    if level is None:
        return _take_attributes(words, line, entry, state) or _take_continuation(words, entry, lines)
    lines.is_past_head = True
    if line.kind is LineKind.HEADING:
        _open_heading(line, entry, lines)
    if level is Level.DELIVERABLE:
        _add_prose_deliverable(words, line, entry, state)
    else:
        part = read_part(words, line.place, level, state)
        if part is not None:
            entry.serve(part, "title" if level is Level.PILLAR else "text")
            lines.untitled = None if part.words else part
    lines.last = entry
    return True


def _add_prose_deliverable(words: str, line: Line, entry: Entry, state: State) -> None:
    label, number = read_label(words), ""
    if label and label.rest and state.survey.levels.get(label_key(label.label)) is Level.DELIVERABLE:
        words, number = label.rest, label.number
        state.labels.setdefault(Level.DELIVERABLE, label.label)
    elif stated := said_deliverable(words):
        words = stated
    elif numbered := read_number(words):
        words, number = numbered.rest, numbered.number
    sentence, said = trailing_attributes(words)
    if not said and (trailing := trailing_timeframe(words)):
        sentence, said = trailing[0], [("timeframe", trailing[1])]
    part = Part(Level.DELIVERABLE, sentence, line.place, number=number)
    part.fields = dict(state.action_fields)
    state.outline.add_deliverable(part)
    entry.serve(part, "text")
    why = gettext_noop("said behind the sentence")
    _say(part, said, line, entry, Certainty.CONCLUDED, why)


def _say(
    part: Part, said: list[tuple[str, str]], line: Line, entry: Entry, certainty: Certainty, why: str
) -> None:
    for name, value in said:
        if name == "links":
            part.links.append(Said(value, line.place, certainty, why))
        else:
            part.fields[name] = Said(value, line.place, certainty, why)
        entry.serve(part, name)


def _take_attributes(words: str, line: Line, entry: Entry, state: State) -> bool:
    said = attributes_of(words)
    outline = state.outline
    if not said or outline.pillar is None:
        return False
    if outline.deliverable is not None:
        _say(outline.deliverable, said, line, entry, Certainty.STATED, "")
        return True
    if outline.action is None:
        return False
    why = gettext_noop("said of the action for what stands below it")
    for name, value in said:
        if name == "links":
            outline.action.links.append(Said(value, line.place))
        else:
            state.action_fields[name] = Said(value, line.place, Certainty.CONCLUDED, why)
        entry.serve(outline.action, name)
    return True


def _take_continuation(words: str, entry: Entry, lines: Lines) -> bool:
    """A line that goes on with the sentence of the part on the line above."""
    last, lines.last = lines.last, None
    if last is None or not starts_inside(words) or (last.place.line or 0) + 1 != (entry.place.line or 0):
        return False
    part = last.serves[0][0] if last.serves else None
    if not isinstance(part, Part):
        return False
    sentence, said = trailing_attributes(words)
    if not said and (trailing := trailing_timeframe(words)):
        sentence, said = trailing[0], [("timeframe", trailing[1])]
    part.extend(sentence)
    entry.serve(part, "text")
    for name, value in said:
        part.fields[name] = Said(
            value, entry.place, Certainty.CONCLUDED, gettext_noop("said behind the sentence")
        )
    lines.last = entry
    return True
