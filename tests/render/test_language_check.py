"""The same figures in every language: what differs is found, what only reads differently is not."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.findings import Severity
from suivi.render.document import BulletList, Cell, Column, Document, Heading, Paragraph, Row, Run, Table
from suivi.render.language_check import compare_languages
from suivi.render.said_facts import FactKind, facts_of
from suivi.render.typography import Typography
from tests.render.papers import document_of

LANGUAGES = ("en", "fr", "es")
WORDS = {"en": "lamps", "fr": "lampes", "es": "faroles"}


def values(words: str, language: str) -> list[str]:
    return [fact.value for fact in facts_of(words, language).facts]


@pytest.mark.parametrize(
    ("english", "french", "spanish", "found"),
    [
        ("1,234.5 lamps", "1 234,5 lampes", "1.234,5 faroles", ["1234.5"]),
        ("12,000", "12\u202f000", "12 000", ["12000"]),
        ("32.4 per cent", "32,4 pour cent", "32,4 por ciento", ["32.4%"]),
        ("32.4%", "32,4\u00a0%", "32,4 %", ["32.4%"]),
        ("1 March 2023", "1er mars 2023", "1 de marzo de 2023", ["2023-03-01"]),
        ("15 Feb 2023", "15 févr. 2023", "15 feb. 2023", ["2023-02-15"]),
        ("February 2023", "février 2023", "febrero de 2023", ["2023-02"]),
        ("on 15 February", "le 15 février", "el 15 de febrero", ["--02-15"]),
        ("the 2022–23 biennium", "la période 2022-23", "el bienio 2022-2023", ["2022-2023"]),
        ("deliverable 1.1.2", "réalisation 1.1.2", "entregable 1.1.2", ["1.1.2"]),
        ("action 1.10", "mesure 1.10", "medida 1.10", ["1.10"]),
        ("(GB.341/POL/4, 38)", "(GB.341/POL/4, 38)", "(GB.341/POL/4, 38)", ["GB.341/POL/4", "38"]),
        ("two of twelve", "deux sur douze", "dos de doce", ["2", "12"]),
        ("seventeen partners", "dix-sept partenaires", "diecisiete asociados", ["17"]),
        ("ninety pages", "quatre-vingt-dix pages", "noventa páginas", ["90"]),
        ("a two-page note", "une note de deux pages", "una nota de dos páginas", ["2"]),
        ("the United Nations", "l'ONU", "las Naciones Unidas", ["UN"]),
        ("the UN and the SDGs", "l'ONU et les ODD", "las NU y los ODS", ["UN", "SDG"]),
        ("its 341st session", "sa 341e session", "su 341.ª reunión", ["341"]),
        ("It may march in May 2023", "marche en mai 2023", "marcha en mayo de 2023", ["2023-05"]),
        ("minus −5", "moins −5", "menos −5", ["-5"]),
    ],
)  # fmt: skip
def test_each_language_has_its_forms(english: str, french: str, spanish: str, found: list[str]) -> None:
    assert [values(w, lg) for w, lg in zip((english, french, spanish), LANGUAGES, strict=True)] == [found] * 3


def test_words_that_may_mean_a_figure_are_kept_apart() -> None:
    said = facts_of("un système neuf pour deux ports", "fr")
    assert [fact.value for fact in said.facts] == ["2"]
    assert [fact.value for fact in said.perhaps] == ["1", "9"]


def paper(language: str, sentences: list[str], **more: object) -> Document:
    blocks = [Paragraph(sentence, numbered=True, origin=f"x#{n}") for n, sentence in enumerate(sentences, 1)]
    return document_of(Heading("–"), *blocks, language=language, **more)


_VALUES = st.one_of(
    st.integers(0, 10**7),
    st.decimals(0, 9999, places=1).map(abs),
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
)


_SAID = st.lists(st.tuples(_VALUES, st.integers(0, 1)), min_size=1, max_size=6)


def sentence(language: str, value: int | Decimal | date, form: int) -> str:
    style = Typography.of(language)
    if isinstance(value, date):
        shown = style.day(value) if form else style.short_day(value)
    else:
        shown = style.per_cent(value) if form else style.number(value)
    return f"{WORDS[language]} {shown} {WORDS[language]}"


@given(_SAID)
def test_the_same_values_in_the_forms_of_three_languages_give_nothing(said: list[tuple[object, int]]) -> None:
    papers = [paper(language, [sentence(language, *one) for one in said]) for language in LANGUAGES]  # type: ignore[arg-type]
    assert [compare_languages(papers[0], other) for other in papers[1:]] == [[], []]


@given(
    st.lists(st.tuples(_VALUES, st.integers(0, 1)), min_size=1, max_size=6),
    st.data(),
    st.sampled_from(LANGUAGES[1:]),
)
def test_any_value_changed_in_one_language_is_found(
    said: list[tuple[object, int]], data: st.DataObject, language: str
) -> None:
    place = data.draw(st.integers(0, len(said) - 1))
    value, form = said[place]
    other = value + (timedelta(1) if isinstance(value, date) else 1)  # type: ignore[operator]
    changed = [*said[:place], (other, form), *said[place + 1 :]]
    findings = compare_languages(
        paper("en", [sentence("en", *one) for one in said]),  # type: ignore[arg-type]
        paper(language, [sentence(language, *one) for one in changed]),  # type: ignore[arg-type]
    )
    assert len(findings) == 2
    assert all(finding.severity is Severity.ERROR for finding in findings)
    assert {finding.message.params["place"] for finding in findings} == {f"–, {place + 1}"}


def counts(language: str, count: int) -> Document:
    style = Typography.of(language)
    rows = [
        Row((Cell(WORDS[language], is_header=True), Cell(style.number(count)))),
        Row((Cell(style.short_day(date(2023, 5, 1))), Cell(style.per_cent(Decimal("2.5"))))),
    ]
    table = Table(caption=WORDS[language], columns=(Column(), Column()), header=(rows[0],), body=(rows[1],))
    return document_of(Heading("–"), table, language=language)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_figure_changed_in_a_cell_is_found_with_its_table(language: str) -> None:
    assert compare_languages(counts("en", 4000), counts(language, 4000)) == []
    findings = compare_languages(counts("en", 4000), counts(language, 4001))
    assert [f.message.params["value"] for f in findings] == [
        "4,000",
        Typography.of(language).number(4001).replace("\u00a0", " "),
    ]
    assert {f.message.params["place"] for f in findings} == {"lamps"}


def test_a_column_that_one_language_lacks_is_named() -> None:
    english = counts("en", 1)
    table = english.blocks[1]
    assert isinstance(table, Table)
    shorter = replace(table, body=(Row(table.body[0].cells[:1]),))
    findings = compare_languages(english, replace(english, blocks=(english.blocks[0], shorter)))
    assert [finding.code for finding in findings] == ["language.paragraph"]


def test_paragraph_that_one_language_lacks_is_named() -> None:
    findings = compare_languages(paper("en", ["One sentence.", "Another."]), paper("fr", ["Une phrase."]))
    assert [(f.code, f.severity) for f in findings] == [("language.paragraph", Severity.WARNING)]
    assert "Another." in str(findings[0].message)


def test_paragraph_not_translated_yet_is_a_note_and_is_not_compared() -> None:
    waiting = Paragraph(Run("Twelve lamps.", language="en"), numbered=True, origin="x#1")
    french = document_of(Heading("–"), waiting, language="fr")
    findings = compare_languages(paper("en", ["Twelve lamps."]), french)
    assert [(f.code, f.severity) for f in findings] == [("language.untranslated", Severity.NOTE)]


def test_words_of_another_language_within_a_paragraph_are_read_in_its_forms() -> None:
    mixed = Paragraph(
        (Run("Atteint: "), Run("two of 1,200 UN lamps", language="en")), numbered=True, origin="x#1"
    )
    findings = compare_languages(
        paper("en", ["Reached: two of 1,200 UN lamps"]), document_of(Heading("–"), mixed, language="fr")
    )
    assert findings == []


def test_items_of_lists_are_compared_each() -> None:
    lists = [
        document_of(BulletList(items, origin="x#1"), language="en") for items in (("1", "2"), ("1", "3"))
    ]
    assert [f.message.params["value"] for f in compare_languages(*lists)] == ["2", "3"]


def test_lost_acronym_is_a_warning() -> None:
    findings = compare_languages(paper("en", ["The SDGs."]), paper("es", ["Los objetivos."]))
    assert [(f.code, f.severity) for f in findings] == [("language.acronym", Severity.WARNING)]


SAME = [
    ("It ended half a year before its day.", "Elle s'est achevée six mois avant son échéance."),
    ("It waits for a clause on how the two sides part.", "Elle attend une clause sur le départ des parties."),
    ("The unit was reminded twice.", "L'unité a reçu deux rappels."),
    ("Both offices answered.", "Les deux bureaux ont répondu."),
    ("One draft for companies, another for donors.", "Une première version pour les uns, une troisième."),
    ("The UN fund gives to all UN entities.", "Le fonds de l'ONU donne à toutes les entités."),
    ("A third of the oil, in the first quarter.", "Un tiers de l'huile, au premier trimestre."),
    ("Eight of twenty-two were signed.", "Huit sur vingt-deux ont été signés."),
    ("2.5 million lamps", "2,5 millions de lampes"),
    ("2 billion lamps", "2 milliards de lampes"),
    ("one hundred fields", "cent champs"),
    ("the WOLIV fund and the TVET school", "le fonds de la WOLIV et l'école d'EFTP"),
]
DIFFERENT = [
    ("32 lamps", "33 lampes"),
    ("1,234 lamps", "1 243 lampes"),
    ("On 15 February 2023", "Le 16 février 2023"),
    ("On 15 February", "Le 15 mars"),
    ("in May 2023", "en mai 2022"),
    ("2023-02-15", "2023-02-14"),
    ("the SDGs", "les ODS"),
    ("the ILO", "l'OMS"),
    ("the UN and the EU", "l'ONU"),
    ("(GB.341/POL/4)", "(GB.341/POL/5)"),
    ("WOLIV/C62/DOC-3", "WOLIV/C61/DOC-3"),
    ("32.4 per cent", "32,5 pour cent"),
    ("32 per cent", "32 lampes"),
    ("the 2022–23 biennium", "la période 2024-25"),
    ("its 58th session", "sa 57e session"),
    ("the fourth round", "le troisième cycle"),
    ("the first round", "le deuxième cycle"),
    ("two of twelve", "deux sur treize"),
    ("Eight of twenty-two", "Huit sur trente-deux"),
    ("ninety pages less", "quatre-vingts pages de moins"),
    ("the two sides", "les trois parties"),
    ("reminded twice", "trois rappels"),
    ("half a year before", "huit mois avant"),
    ("2.5 million lamps", "2,5 milliards de lampes"),
    ("paragraph 12", "paragraphe 21"),
    ("deliverable 1.1.2", "réalisation 1.2.1"),
    ("the WOLIV fund", "le fonds de la WOLIW"),
]
SHARED = "WOLIV"  # an acronym that both languages use


def in_two(english: str, french: str) -> list[Document]:
    return [paper(code, [said, SHARED]) for code, said in (("en", english), ("fr", french))]


@pytest.mark.parametrize(("english", "french"), SAME)
def test_the_same_in_the_manner_of_each_language_gives_nothing(english: str, french: str) -> None:
    assert compare_languages(*in_two(english, french)) == []


@pytest.mark.parametrize(("english", "french"), DIFFERENT)
def test_each_real_difference_is_found(english: str, french: str) -> None:
    findings = compare_languages(*in_two(english, french))
    assert findings
    assert {finding.message.params["place"] for finding in findings} == {"–, 1"}


def test_what_differs_in_a_paragraph_is_one_finding_for_each_kind() -> None:
    findings = compare_languages(paper("en", ["two of 12, 3 of 4"]), paper("fr", ["deux sur douze"]))
    said = [str(finding.message) for finding in findings]
    assert said == ["–, 1: the figures 3, 4 stand in en and not in fr."]


def test_places_are_named_in_the_language_that_the_reader_has() -> None:
    english, french, spanish = (
        document_of(Heading(heading), Paragraph(said, numbered=True, origin="x#1"), language=code)
        for code, heading, said in (("en", "Lamps", "12"), ("fr", "Lampes", "13"), ("es", "Faroles", "12"))
    )
    found = compare_languages(english, french, spanish)
    assert {finding.message.params["place"] for finding in found} == {"Faroles, 1"}


def test_words_of_others_in_their_own_language_are_no_finding() -> None:
    said = "Nous l'avons lu."
    english = document_of(Paragraph(Run(said, language="fr")), language="en")
    assert compare_languages(english, document_of(Paragraph(said), language="fr")) == []


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_words_can_be_read(words: str, language: str) -> None:
    assert all(fact.kind in FactKind for fact in facts_of(words, language).facts)
