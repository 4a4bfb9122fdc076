"""What parts of a plan say they serve: outputs of other frameworks, scopes, documents."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from suivi.documents.model import Link, LinkKind
from suivi.documents.words.marks import strip_marks
from suivi.documents.words.symbols import find_symbols
from suivi.documents.words.vocabulary import Role, level_meaning, meaning_of
from suivi.values.folding import fold
from suivi.values.text import Text

_CODE = r"(?:[A-Z][.-]?\d{1,2}(?:\.\d{1,2}){0,3}|\d{1,2}(?:\.\d{1,2}){0,3}(?:\.[a-z]\b)?|[A-Z])(?![\w%])"
_AND = r"(?:\s{0,2}[,&/]\s{0,2}(?:and |et |y |e |ou |or )?|\s{1,2}(?:and|et|y|e|or|ou|&)\s{1,2})"
_TO = r"(?:\s{0,2}[-–—]\s{0,2}|\s{1,2}(?:to|through|à|a|al|au)\s{1,2})"
_LIST = rf"{_CODE}(?:(?:{_AND}|{_TO})(?:(?:outputs?|produits?|productos?)\s)?{_CODE}){{0,20}}"
_KIND = (
    r"(?:outputs?|produits?|productos?|outcomes?|r[ée]sultats?|resultados?|indicators?|indicateurs?|"
    r"indicadores|indicador|"
    r"efectos?|effets?|products?|deliverables?|objectives?|objectifs?|objetivos?|pillars?|piliers?|"
    r"pilares?|pilar)"
)
_QUALIFIER = (
    r"(?:\s(?:stratégiques?|facilitateurs?|strategic|enabling|policy|en materia de políticas|funcionales|"
    r"funcional|"
    r"estratégicos?|de políticas|en matière de politiques?|portadors?))?"
)
_CODES = re.compile(
    rf"\b{_KIND}{_QUALIFIER}(?:\s(?:nos?\.?|n[°º]\.?|n\.º|núm\.?))?\s{{1,3}}(?P<codes>{_LIST})", re.IGNORECASE
)
_EDITION = re.compile(r"\b((?:19|20)\d\d)\s{0,2}[-–—/‑]\s{0,2}((?:19|20)\d\d|\d\d)(?![\d/])")
_ONE_YEAR = re.compile(
    r"(?:\bP&B|\bPB|\bP&P|\bPyP|[Pp]rogramme (?:and [Bb]udget|et budget)|[Pp]rograma y [Pp]resupuesto)"
    r"(?:\s(?:for|pour|para|de|del bienio|for the biennium))?\s{1,2}((?:19|20)\d\d)(?![\d/–-])"
)
_SCOPE = re.compile(
    r"\b(?:all(?: the| of the)?|tous les|toutes les|todos los|todas las)\s{1,2}"
    r"(?P<which>(?:policy|strategic|enabling|stratégiques?|functional)?\s{0,2})"
    r"(?:outcomes|outputs|r[ée]sultats|resultados|produits|productos)"
    r"(?P<after>\s(?:stratégiques|facilitateurs|en materia de políticas|en matière de politiques?|"
    r"estratégicos|funcionales|de políticas))?",
    re.IGNORECASE,
)
_SDG = re.compile(
    r"\b(?:(?:SDGs?|ODD|ODS)(?:\s(?:targets?|goals?|cibles?|metas?|indicators?))?|"
    r"(?:target|cible|meta|targets|cibles|metas)\s(?=[\d., andety]{1,40}\s(?:of the |des |de los "
    r")?(?:SDGs?|ODD|ODS)\b))"
    r"\s{0,2}:?\s{0,2}(?P<codes>\d{1,2}(?:\.[\da-d]{1,2})?(?:(?:\s{0,2}[,;&]\s{0,2}|\s(?:and|et|"
    r"y)\s)\d{1,2}(?:\.[\da-d]{1,2})?(?![\d-])){0,16})"
)
_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}"
_NUMBERS = (
    rf"{_NUMBER}(?:(?:\s{{0,2}}[,;&]\s{{0,2}}(?:and |et |y |e )?|"
    rf"\s(?:and|et|y|e|&)\s|{_TO}){_NUMBER}){{0,40}}"
)
_SENTENCE = re.compile(
    rf"^(?:the |les |la |le |l['’]|las |el |los )?(?P<label>[^\W\d_][^\d.:;()]{{2,40}}?)\s(?:nos?\.?\s|"
    rf"n[°º]\.?\s)?"
    rf"(?P<numbers>{_NUMBERS})(?P<after>.{{3,400}})$",
    re.IGNORECASE | re.DOTALL,
)
_UNNUMBERED = re.compile(
    r"^(?:this|these|the|cette|ces|les|la|esta|estas|este|estos|las|el|"
    r"los)\s(?P<label>[^\W\d_][^\d.:;()]{2,40}?)\s"
    r"(?P<after>(?:\w+\s){0,6}?(?:concern|relat|contribut|correspond|support|are linked|is linked|se "
    r"rapport|sont rattach|"
    r"est rattach|contribu|se relacion|se vincul|est[áa]n? vincul|est[áa]n? relacion|correspond|"
    r"guarda).{3,300})$",
    re.IGNORECASE | re.DOTALL,
)
_VERB = re.compile(
    r"\b(?:concern|relat|contribut|contribu|correspond|support|link|se rapport|rattach|vincul|relacion|"
    r"se refier|refer|"
    r"serv|respond|repond|apoya|guarda|appui|align|aliment|feed|tied|connect|renvoi|atañ|atan|aport)"
)
_SERVED = re.compile(
    r"(?:output|produit|producto|outcome|resultat|resultado|indicator|indicateur|indicador|strateg|"
    r"estrateg|p&b|programme and|"
    r"programme et|programa y|\bsdg|\bodd\b|\bods\b|following|suivant|siguiente|ci-apres|framework|cadre|"
    r"marco)"
)
_CLOSING = re.compile(r"(?:[\s;,.]|\b(?:and|et|y)\s{0,3}$)+$")
_RANGE = re.compile(rf"^({_CODE}){_TO}({_CODE})$")
ALL_POLICY_OUTCOMES = "all policy outcomes"
ALL_ENABLING_OUTCOMES = "all enabling outcomes"


def link_sentence(words: str) -> list[str] | None:
    """The numbers of the actions that a sentence on links names; [] for "this action"; None for others.

    Such a sentence says of one or more actions what they contribute or relate to, and a list follows.
    """
    if len(words) > 900:
        return None
    clean, _ = strip_marks(words)
    match = _SENTENCE.match(clean)
    if match and level_meaning(match["label"]):
        after = fold(match["after"])
        if _VERB.search(after[:80]) and (_SERVED.search(after) or after.endswith(":")):
            return expand_numbers(match["numbers"])
    match = _UNNUMBERED.match(clean)
    if (
        match
        and level_meaning(match["label"])
        and clean.endswith(":")
        and _SERVED.search(fold(match["after"]))
    ):
        return []
    label, colon, rest = clean.partition(":")
    if colon and len(label) <= 60 and not rest.strip():
        meaning = meaning_of(label)
        return [] if meaning and meaning.role is Role.LINKS and len(label) > 3 else None
    return None


def expand_numbers(words: str) -> list[str]:
    """ "1.1, 1.2 and 1.4" and "2.1 to 2.4" as single numbers, in order."""
    numbers: list[str] = []
    for part in re.split(_AND + r"|[;]\s?", words):
        numbers.extend(_expanded(part.strip()))
    return [number for number in numbers if number]


def _expanded(part: str) -> list[str]:
    match = _RANGE.match(part)
    if not match:
        return [part]
    first, last = match.group(1), match.group(2)
    head, _, start = first.rpartition(".")
    tail_head, _, end = last.rpartition(".")
    if (
        not start.isdigit()
        or not end.isdigit()
        or (tail_head and tail_head != head)
        or int(end) - int(start) > 60
    ):
        return [first, last]
    prefix = f"{head}." if head else ""
    return [f"{prefix}{n}" for n in range(int(start), int(end) + 1)]


def edition_of(words: str) -> str:
    """A range of years as the edition of a framework: "2022–2023" is "2022-23"; "" where there is none."""
    match = _EDITION.search(words)
    return f"{match.group(1)}-{match.group(2)[-2:]}" if match else ""


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    editions: tuple[str, ...] = ()
    links: tuple[tuple[LinkKind, str], ...] = ()


def read_links(
    words: str, language: str, *, only_known: bool = False, edition: str = "", bare_codes: bool = False
) -> list[Link]:
    """The links that the words name, in order.

    `edition` is that of the column's heading, for codes that name none. `bare_codes` takes a lone "A.4" in a
    column of links for a code. What names no code of an edition, scope or document is a text
    link; with `only_known` only a goal of the United Nations is.
    """
    clean, _ = strip_marks(words)
    editions: tuple[str, ...] = (edition,) if edition else ()
    links: list[Link] = []
    for segment in re.split(r";|\n|\s•\s", words if "\n" in words else clean):
        part = _CLOSING.sub("", strip_marks(segment)[0])
        if not part:
            continue
        found, editions = _read_segment(part, language, editions, bare_codes=bare_codes)
        if not found and (not only_known or _SDG.search(part)):
            found = [Link(LinkKind.TEXT, part)]
        links.extend(found)
    return list({link.key: link for link in reversed(links)}.values())[::-1]


def _read_segment(
    words: str, language: str, editions: tuple[str, ...], *, bare_codes: bool
) -> tuple[list[Link], tuple[str, ...]]:
    head, title = _without_title(words)
    tokens = _tokens(head)
    if bare_codes and not any(token.links for token in tokens):
        bare = re.fullmatch(rf"(?:{_EDITION.pattern}[,:]?\s{{0,3}})?(?P<codes>{_LIST})\.?", head)
        if bare:
            codes = tuple((LinkKind.OUTPUT, code) for code in expand_numbers(bare["codes"]))
            tokens.append(_Token(bare.start("codes"), bare.end(), links=codes))
    groups = _grouped(tokens, editions)
    links = [
        Link(kind, code, edition, Text.of(title, language) if title else None)
        for group_editions, codes in groups
        for kind, code in codes
        for edition in group_editions
    ]
    stated = tuple(edition for token in tokens for edition in token.editions)
    if links:  # a goal of the United Nations beside them has no edition: its words are kept
        links += [Link(LinkKind.TEXT, match.group().strip()) for match in _SDG.finditer(head)]
    else:
        links = [
            Link(LinkKind.DOCUMENT, symbol, title=Text.of(_document_title(words, symbol), language))
            for symbol in find_symbols(words)
        ]
    return links, stated or editions


def _document_title(words: str, symbol: str) -> str:
    return words.replace(f"({symbol})", "").replace(symbol, "").strip(" ,;:–-")


def _without_title(words: str) -> tuple[str, str]:
    """What names the output, and the title behind the colon."""
    for match in re.finditer(r"\s?:\s", words):
        head = words[: match.start()]
        if _CODES.search(head) or _SCOPE.search(head) or re.search(rf"{_CODE}$", head):
            return head, words[match.end() :].strip()
    return words, ""


def _tokens(words: str) -> list[_Token]:
    tokens = [
        _Token(m.start(), m.end(), editions=(f"{m.group(1)}-{m.group(2)[-2:]}",))
        for m in _EDITION.finditer(words)
    ]
    tokens += [_Token(m.start(1), m.end(1), editions=(m.group(1),)) for m in _ONE_YEAR.finditer(words)]
    for match in _CODES.finditer(words):
        if any(t.start < match.end("codes") and match.start("codes") < t.end for t in tokens):
            continue
        codes = tuple((LinkKind.OUTPUT, code) for code in expand_numbers(match["codes"]))
        tokens.append(_Token(match.start(), match.end(), links=codes))
    for match in _SCOPE.finditer(words):
        which = fold(f"{match['which']} {match['after'] or ''}")
        is_enabling = any(stem in which for stem in ("enabling", "facilitat", "funcional", "functional"))
        scope = ALL_ENABLING_OUTCOMES if is_enabling else ALL_POLICY_OUTCOMES
        tokens.append(_Token(match.start(), match.end(), links=((LinkKind.SCOPE, scope),)))
    return sorted(tokens, key=lambda token: token.start)


def _grouped(
    tokens: Sequence[_Token], editions: tuple[str, ...]
) -> list[tuple[tuple[str, ...], list[tuple[LinkKind, str]]]]:
    """Editions with the codes that belong to them, whichever of the two the words name first."""
    groups: list[tuple[list[str], list[tuple[LinkKind, str]]]] = []
    starts_with_code = bool(tokens) and bool(tokens[0].links) and any(token.editions for token in tokens)
    was_code: bool | None = None
    for token in tokens:
        is_code = bool(token.links)
        if was_code is None or (is_code != was_code and is_code == starts_with_code):
            groups.append(([], []))
        groups[-1][0].extend(token.editions)
        groups[-1][1].extend(token.links)
        was_code = is_code
    return [(tuple(stated) or editions, codes) for stated, codes in groups if codes]
