"""The head of a document: body, session, agenda item, date, title, author unit, languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from suivi.documents.interpretation.ledger import Entry
from suivi.documents.model import Certainty, Header, Source, Use
from suivi.documents.words.marks import strip_marks
from suivi.documents.words.numbers import read_ordinal
from suivi.documents.words.symbols import find_symbols
from suivi.documents.words.timeframes import read_timeframe
from suivi.findings import Place
from suivi.values.folding import fold
from suivi.values.text import Text

_BODIES = re.compile(
    r"^(?:the )?(?:(?:governing|executive|advisory|management) (?:body|board|council|committee)\b.{0,60}"
    r"|conseil (?:d'administration|executif|economique et social|des droits de l'homme|d'orientation|"
    r"superieur)\b.{0,60}"
    r"|(?:consejo (?:de administracion|ejecutivo|economico y social|de derechos humanos|superior)|junta "
    r"(?:ejecutiva|directiva))\b.{0,60}"
    r"|(?:united nations |world health |un environment )?(?:general )?assembly\b.{0,40}|assemblee "
    r"(?:generale|mondiale)\b.{0,40}"
    r"|asamblea (?:general|mundial)\b.{0,40}"
    r"|(?:economic and social|human rights) council|(?:council|conseil|consejo)"
    r"|(?:conference|conferencia|committee|comite|commission|comision|board|council|conseil|consejo|cabinet) "
    r"(?:of|on|for|de|des|du|sobre|sur|international|pour|para|general).{2,60}"
    r"|(?:steering|programme|standing|executive|joint) (?:committee|board)|comite (?:de pilotage|"
    r"directeur|permanent|directivo)|international labour conference)$"
)
_LABELS: dict[str, str] = {}
for _name, _words in {
    "body": "body|governing body|organe|organo|organe directeur|adopted by|adopte par|"
    "aprobado por|approved by",
    "session": "session|reunion|sesion|periodo de sesiones|meeting",
    "item": "agenda item|item|provisional agenda item|point de l'ordre du jour|punto del orden del dia|point|"
    "question a l'ordre du jour|item of the agenda",
    "dated_on": "date|dated|fecha|dated on|date of the document|date of adoption|adopted on|date d'adoption|"
    "fecha de aprobacion|adopte le|aprobado el|approved on|date du document|fecha del documento",
    "original_language": "original|original language|langue originale|idioma original|"
    "language of the original",
    "author_unit": "author unit|unite auteur|unidad autora|author|auteur|autor|prepared by|"
    "etabli par|elaborado por|"
    "preparado por|document etabli par|submitted by|submitting unit|soumis par|presentado por|unite "
    "responsable du document|"
    "originating unit|unidad de origen|prepare par|document prepared by|lead author unit",
    "symbol": "symbol|document|cote|signatura|reference|document no|document symbol|doc|ref|"
    "document number|documento|"
    "cote du document|signatura del documento|document reference",
    "title": "title|titre|titulo",
    "language": "language|langue|idioma",
}.items():
    _LABELS |= dict.fromkeys(_words.split("|"), _name)
_LANGUAGES = {
    "english": "en", "anglais": "en", "ingles": "en", "en": "en",
    "french": "fr", "francais": "fr", "frances": "fr", "fr": "fr",
    "spanish": "es", "espagnol": "es", "espanol": "es", "es": "es",
    "arabic": "ar", "arabe": "ar", "russian": "ru", "russe": "ru", "ruso": "ru",
    "chinese": "zh", "chinois": "zh", "chino": "zh", "german": "de", "allemand": "de", "aleman": "de",
    "portuguese": "pt", "portugais": "pt", "portugues": "pt",
}  # fmt: skip
_SESSION = re.compile(
    r"(?P<ordinal>\d{1,4}(?:\^?(?:st|nd|rd|th|ere|ème|eme|e|re|ª|º)|\.?\s?[ªºao])?|[^\W\d_]+(?:[- "
    r"](?:et )?[^\W\d_]+){0,5}?)\s"
    r"(?:regular |ordinary |special |annual |extraordinary |ordinaire |periodo ordinario de )?"
    r"(?:session|reunión|sesión|periodo de sesiones|período de sesiones|meeting)\b",
    re.IGNORECASE,
)
_SESSION_AFTER = re.compile(
    r"\b(?:session|reunión|sesión)\s(?:n[°º]\.?\s|no\.?\s)?(?P<ordinal>\d{1,4})\b", re.IGNORECASE
)
_ITEM = re.compile(
    r"^(?:(?P<before>[^\W_]+(?:[-\s.][^\W_]+){0,3}?[ªº]?)\s(?:item on the agenda|question à l['’]ordre "
    r"du jour|"
    r"point de l['’]ordre du jour|punto del orden del día|asunto del orden del día|agenda item)"
    r"|(?:(?:provisional )?agenda item|item|point|punto|tema)\s(?P<after>\d{1,3})\b.{0,60})",
    re.IGNORECASE,
)
_DAYS_OF_SESSION = re.compile(r"(?<![\d-])\d{1,2}\s?(?:-|to|au|al|and|et|y)\s?\d{1,2}(?:\sde)?\s[^\W\d_]{3,}")
_PREPARED = re.compile(
    r"^(?:(?:document|documento|note|nota)\s)?(?:prepared|drawn up|submitted|établie?|préparée?|soumise?|"
    r"preparad[oa]|elaborad[oa]|presentad[oa])\s(?:by|par|por)\s(?:the\s|les?\s|la\s|l['’]|el\s)?(?P<unit>.{3,120})$",
    re.IGNORECASE,
)
_LONGEST_COVER_LINE = 160
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9&/_.-]{1,19})\)")
_LABELLED = re.compile(r"^\**(?P<label>[^:\d|]{2,40}?)\**\s?[:|]\s{0,3}\**(?P<value>.*?)\**$")


@dataclass
class Head:
    """What has been found of the head, with its sources."""

    fields: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    titles: list[tuple[int, str, Place, Entry]] = field(default_factory=list)  # rank, words

    def note(
        self,
        name: str,
        value: str,
        place: Place,
        words: str,
        certainty: Certainty = Certainty.STATED,
        why: str = "",
    ) -> bool:
        """Keep the first reading of a field; True where it was taken."""
        if not value or name in self.fields:
            return False
        self.fields[name] = value
        self.sources[name] = Source(place, words, certainty, why)
        return True


def label_of(words: str) -> tuple[str, str] | None:
    """The field and the value of a line such as "Author unit: ...", None for other lines."""
    match = _LABELLED.match(words)
    name = _LABELS.get(fold(match["label"]).strip(" *.")) if match else None
    return (name, match["value"].strip(" *")) if match and name else None


def is_cover_row(cells: Sequence[str]) -> bool:
    """Whether a row of a table is a line of the cover: a known label and its value."""
    filled = [words for words in cells if words]
    if not filled:
        return False
    first = fold(filled[0]).strip(" :*.")
    if first in _LABELS or any(label_of(words) for words in filled):
        return True
    return any(_note_plain(words, Place(), Head()) for words in filled)


def read_head_row(cells: Sequence[tuple[str, Place]], head: Head) -> None:
    """Read a cover line that stands in a table."""
    filled = [(words, place) for words, place in cells if words]
    for (label, _), (value, place) in pairwise(filled):
        name = _LABELS.get(fold(label).strip(" :*."))
        if name:
            _note_label(name, value, place, value, head)
    for words, place in filled:
        if found := label_of(words):
            _note_label(*found, place, words, head)
        elif len(words) <= _LONGEST_COVER_LINE:
            _note_plain(words, place, head)


def read_head_line(words: str, place: Place, entry: Entry, head: Head) -> bool:
    """Take a line of the head; True where it gave something."""
    clean, _ = strip_marks(words)
    found = label_of(clean)
    taken = bool(found) and _note_label(*found, place, clean, head) if found else False
    if not taken and len(clean) <= _LONGEST_COVER_LINE:
        taken = _note_plain(clean, place, head)
    if taken:
        entry.use, entry.reason = Use.HEADER, ""
    return taken


def _note_label(name: str, value: str, place: Place, words: str, head: Head) -> bool:  # noqa: PLR0911  one line per field
    if name == "dated_on":
        frame = read_timeframe(value)
        day = frame.ends_on if frame and frame.ends_on and frame.starts_on in (None, frame.ends_on) else None
        return bool(day) and head.note("dated_on", day.isoformat() if day else "", place, words)
    if name in ("original_language", "language"):
        code = _LANGUAGES.get(fold(value).strip(" ."), "")
        return head.note(name, code, place, words)
    if name == "author_unit":
        return head.note(name, unit_of(value), place, words)
    if name == "symbol":
        symbols = find_symbols(value)
        return head.note(name, symbols[0] if symbols else "", place, words)
    if name == "item":
        number = read_ordinal(value.partition(" ")[0].strip(".:"))
        return head.note(name, str(number) if number else "", place, words)
    if name == "session":
        return _note_session(value, place, head) or head.note(name, value.partition(",")[0], place, words)
    return head.note(name, value, place, words)


def unit_of(value: str) -> str:
    """The acronym of a unit where it stands in brackets, else its name."""
    match = _ACRONYM.search(value)
    return match.group(1) if match else value.strip(" .;")


def _note_plain(clean: str, place: Place, head: Head) -> bool:
    taken = False
    if _BODIES.match(fold(clean).strip(" .")):
        taken = head.note("body", clean, place, clean)
    taken = _note_session(clean, place, head) or taken
    item = _ITEM.match(clean)
    if item:
        number = read_ordinal((item["before"] or item["after"]).strip())
        taken = head.note("item", str(number) if number else "", place, clean) or taken
    if author := _PREPARED.match(clean):
        taken = head.note("author_unit", unit_of(author["unit"]), place, clean) or taken
    symbols = find_symbols(clean)
    if symbols and len(clean) <= len(symbols[0]) + 12:
        taken = head.note("symbol", symbols[0], place, clean) or taken
    frame = read_timeframe(clean) if len(clean) <= 40 and any(c.isdigit() for c in clean) else None
    is_day = frame and frame.ends_on and frame.starts_on is None and not _DAYS_OF_SESSION.search(clean)
    if frame and frame.ends_on and is_day and re.fullmatch(r"[\w\s.,/ªº°-]+", clean):
        taken = head.note("dated_on", frame.ends_on.isoformat(), place, clean) or taken
    return taken or ("session" in head.fields and len(clean) <= 60 and bool(_DAYS_OF_SESSION.search(clean)))


def _note_session(clean: str, place: Place, head: Head) -> bool:
    for match in (_SESSION.search(clean), _SESSION_AFTER.search(clean)):
        number = read_ordinal(match["ordinal"]) if match else None
        if number:
            return head.note("session", str(number), place, clean)
    return False


def make_header(head: Head, language: str) -> Header:
    """The header from what was found; what was not stated stays empty."""
    fields = head.fields
    return Header(
        language=language,
        symbol=fields.get("symbol", ""),
        title=Text.of(fields["title"], language) if "title" in fields else None,
        body=fields.get("body", ""),
        session=fields.get("session", ""),
        item=int(fields["item"]) if "item" in fields else None,
        dated_on=date.fromisoformat(fields["dated_on"]) if "dated_on" in fields else None,
        author_unit=fields.get("author_unit", ""),
        original_language=fields.get("original_language", ""),
        sources=head.sources,
    )
