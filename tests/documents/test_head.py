"""The head of a document in three languages; counts of paragraphs and notes; the decision."""

from pathlib import Path

import pytest

from suivi.documents.model import Header
from suivi.documents.reader import read_bytes, read_file

PLANS = Path(__file__).parent / "plans"


def facts_of(header: Header) -> tuple[object, ...]:
    day = header.dated_on.isoformat() if header.dated_on else None
    stated = (header.symbol, header.body, header.session, header.item, day, header.author_unit)
    return (*stated, header.original_language)


def test_an_english_head_is_read() -> None:
    plan = read_file(PLANS / "en_un_style_torn.txt").plan
    expected = ("GC.148/POL/2", "Governing Council", "148", 3, "2024-02-12", "SHORECO", "fr")
    assert facts_of(plan.header) == expected
    assert str(plan.header.title) == "Implementation plan for the strategy on open shores (2024-2027)"


def test_a_spanish_head_is_read() -> None:
    header = read_file(PLANS / "es_portada_y_vinculos.txt").plan.header
    expected = ("CA.12/BAR/4", "Consejo de Administración", "12", 4, "2024-02-16", "DEBAR", "en")
    assert facts_of(header) == expected


def test_paragraphs_notes_and_the_decision_are_counted() -> None:
    plan = read_file(PLANS / "en_un_style_torn.txt").plan
    assert (plan.paragraphs, plan.decision_paragraph, len(plan.footnotes)) == (4, 4, 2)
    assert [note.mark for note in plan.footnotes] == ["1", "2"]


def test_documents_that_are_cited_are_listed_without_the_plan_itself() -> None:
    plan = read_file(PLANS / "en_un_style_torn.txt").plan
    assert plan.cited == ["GC.147/POL/1", "GC.148/PFA/3", "GC.147/PV", "GC.135/INS/9"]


def test_marks_of_notes_are_kept_and_stripped() -> None:
    plan = read_file(PLANS / "en_un_style_torn.txt").plan
    first = next(plan.deliverables())
    assert (str(first.text), first.footnotes) == ("Updated guidance on tides is developed.", ["2"])


@pytest.mark.parametrize(
    ("line", "session"),
    [
        ("341^e session, Genève", "341"),
        ("148th session", "148"),
        ("Seventy-third session", "73"),
        ("5.ª reunión", "5"),
        ("Vingt et unième session", "21"),
        ("Sexagésima segunda reunión", "62"),
        ("One hundred and third session", "103"),
    ],
)
def test_sessions_are_read_in_figures_and_words(line: str, session: str) -> None:
    text = f"{line}\n\nAction\tDeliverable\tDeadline\n1.1 Dig\tWells\t2024\n"
    assert read_bytes(text.encode(), "a.txt").plan.header.session == session


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_each_encoding(encoding: str) -> None:
    text = "Mesure\tRéalisation attendue\tÉchéance\n1.1 Creuser\tDix puits sont creusés à l'été.\t2024\n"
    reading = read_bytes(text.encode(encoding), "a.txt")
    assert str(next(reading.plan.deliverables()).text) == "Dix puits sont creusés à l'été."
    noted = [finding.code for finding in reading.findings if finding.code == "encoding"]
    assert noted == (["encoding"] if encoding in {"utf-16", "cp1252"} else [])


@pytest.mark.parametrize(
    ("name", "expected", "counts"),
    [
        (
            "en_paragraphs_with_tabs.txt",
            ("EC.103/6", "Executive Council", "103", 6, "2025-03-12", "WADE", "en"),
            (3, 3),
        ),
        (
            "es_portada_sin_rotulos.md",
            ("CA.103/6", "Consejo de Administración", "103", 6, "2025-03-12", "OPU", "en"),
            (3, 3),
        ),
        (
            "fr_cote_et_dates.txt",
            ("FAR/C/2022/12", "Commission des phares", "12", 3, "2022-05-20", "", "fr"),
            (2, 2),
        ),
    ],
)
def test_heads_of_other_bodies_are_read(
    name: str, expected: tuple[object, ...], counts: tuple[int, int]
) -> None:
    plan = read_file(PLANS / name).plan
    assert facts_of(plan.header) == expected
    assert (plan.paragraphs, plan.decision_paragraph) == counts


def test_the_days_of_a_session_are_neither_the_date_nor_the_title() -> None:
    header = read_file(PLANS / "fr_cote_et_dates.txt").plan.header
    assert str(header.title) == "Plan d'action pour les phares"


def test_the_decision_names_the_plan_in_a_document() -> None:
    text = (
        "Draft decision\n\n5. The Council adopted the plan in document GC.341/POL/4.\n\n"
        "Action\tDeliverable\tDeadline\n1.1 Dig\tWells\t2024\n"
    )
    assert read_bytes(text.encode(), "a.txt").plan.header.symbol == "GC.341/POL/4"
