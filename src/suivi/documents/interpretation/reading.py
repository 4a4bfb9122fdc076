"""The interpretation: lines and tables in, the plan, its findings and the account of every line out."""

import re

from suivi.documents.interpretation.assembly import assemble
from suivi.documents.interpretation.cards import turn_cards
from suivi.documents.interpretation.columns import words_of
from suivi.documents.interpretation.head import make_header, read_head_row
from suivi.documents.interpretation.layout import survey
from suivi.documents.interpretation.ledger import one_per_line
from suivi.documents.interpretation.lines import Lines, read_line, use_headings
from suivi.documents.interpretation.state import State
from suivi.documents.interpretation.tables import read_table
from suivi.documents.model import Certainty, PlanDocument, Reading, Use
from suivi.documents.source import Line, SourceDocument, Table
from suivi.documents.words.languages import detect_language
from suivi.documents.words.symbols import find_symbols
from suivi.documents.words.vocabulary import Level
from suivi.findings import Finding, Place, Severity
from suivi.values.folding import fold
from suivi.values.messages import Message, gettext_noop
from suivi.values.text import Text

_FISCAL = re.compile(
    r"\bfiscal\w*\b.{0,60}\b(?:quarter|trimestr|calendar|time ?frame|period)|\b(?:quarter|"
    r"trimestr)\w*\b.{0,40}\bfiscal"
)
_ITSELF = re.compile(
    r"plan\b.{0,80}?(?:proposed|set out|contained|presented|proposé|présenté|figurant|contenu|propuesto|"
    r"presentado|contenido|"
    r"expuesto|que figura).{0,60}?documento?\s"
    r"|plan (?:in|of|du|dans le|en el|del) documento?\s",
    re.IGNORECASE,
)


def read_source(source: SourceDocument) -> Reading:
    """Read a plan out of the lines and tables of a document.

    Every line and cell of the source is on the account in `lines`; what was noticed is in `findings`.
    """
    source = turn_cards(source)
    texts = list(_texts(source))
    language, is_sure = detect_language(texts, source.language)
    state = State(survey(source), language)
    state.is_fiscal = any("fiscal" in text.casefold() and _FISCAL.search(fold(text[:400])) for text in texts)
    lines = Lines()
    _walk(source, state, lines)
    pillars = assemble(state)
    _choose_title(lines)
    _find_symbol(lines, source)
    header = make_header(lines.head, language)
    plan = PlanDocument(header=header, pillars=pillars, labels=_labels(state))
    plan.paragraphs, plan.decision_paragraph = lines.paragraphs, lines.decision_paragraph
    plan.footnotes = lines.footnotes
    cited = dict.fromkeys(symbol for text in texts for symbol in find_symbols(text))
    plan.cited = [symbol for symbol in cited if symbol != header.symbol]
    findings = [*source.findings, *_of_whole(plan, is_sure), *state.ledger.findings]
    accounted = state.ledger.close()
    if source.format in ("text", "markdown"):
        accounted = one_per_line(accounted)
    return Reading(plan=plan, findings=findings, lines=accounted)


def _texts(source: SourceDocument) -> list[str]:
    texts: list[str] = []
    for block in source.blocks:
        if isinstance(block, Line):
            texts.append(block.text)
        else:
            texts.extend(words for row in block.rows for cell in row if (words := words_of(cell)))
    return texts


def _walk(source: SourceDocument, state: State, lines: Lines) -> None:
    for block in source.blocks:
        if isinstance(block, Line):
            read_line(block, state, lines)
            continue
        if id(block) in state.survey.headers:
            lines.is_past_head = True
        elif not lines.is_past_head:
            _read_cover(block, lines)
        use_headings(block, state, lines)
        read_table(block, state)


def _read_cover(table: Table, lines: Lines) -> None:
    for row in table.rows:
        read_head_row([(words_of(cell), cell.place) for cell in row], lines.head)


def _choose_title(lines: Lines) -> None:
    """The title: the line behind the agenda item, else the highest heading, else the first longer line."""
    head = lines.head
    item = head.sources.get("item")
    candidates = head.titles
    if not candidates:
        return
    behind = [
        each
        for each in candidates
        if item and item.place.line and each[2].line and each[2].line > item.place.line
    ]
    headings = [each for each in candidates if each[0] < 50]
    longer = [each for each in candidates if len(each[1].split()) >= 3 and not each[1].endswith((".", ";"))]
    ranked = sorted(headings, key=lambda each: each[0])
    first = [each for each in candidates[:1] if len(each[1].split()) >= 2]
    pool = [each for each in behind if len(each[1].split()) >= 3] or ranked or longer or first
    if pool and head.note(
        "title",
        pool[0][1],
        pool[0][2],
        pool[0][1],
        Certainty.CONCLUDED,
        gettext_noop("the first title of the document"),
    ):
        pool[0][3].use = Use.HEADER
    for _, words, _, entry in candidates:
        if entry.use is Use.PARAGRAPH and len(words) <= 80:
            entry.use = Use.HEADER


def _find_symbol(lines: Lines, source: SourceDocument) -> None:
    """The symbol where the head does not give it: the document that the decision says holds the plan."""
    if "symbol" in lines.head.fields:
        return
    for block in source.blocks:
        if not isinstance(block, Line):
            continue
        match = _ITSELF.search(block.text[:3000])
        symbols = find_symbols(block.text[match.end() : match.end() + 40]) if match else []
        if symbols:
            why = gettext_noop("the document that the decision says holds the plan")
            lines.head.note("symbol", symbols[0], block.place, block.text, Certainty.CONCLUDED, why)
            return


def _labels(state: State) -> dict[str, Text]:
    written = {**state.survey.written, **state.labels}
    order = (Level.PILLAR, Level.ACTION, Level.DELIVERABLE)
    return {level.value: Text.of(written[level], state.language) for level in order if level in written}


def _of_whole(plan: PlanDocument, is_sure: bool) -> list[Finding]:
    findings = []
    if not is_sure:
        findings.append(
            Finding(
                "language-unsure",
                Severity.NOTE,
                Message(
                    gettext_noop(
                        "The language of the document was not certain; it was read as “%(language)s”."
                    ),
                    {"language": plan.header.language},
                ),
                Place(),
                Message(gettext_noop("Set the language in plan.yaml if it is another one.")),
            )
        )
    if not any(True for _ in plan.deliverables()):
        findings.append(
            Finding(
                "no-deliverables",
                Severity.ERROR,
                Message(gettext_noop("No deliverable was found in the document.")),
                Place(),
                Message(
                    gettext_noop(
                        "A plan needs a table with headings such as Action, Deliverable, Time frame."
                    )
                ),
            )
        )
    return findings
