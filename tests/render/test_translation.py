"""Sections go to a translator and come back: every figure once, nothing else touched."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from suivi.findings import Finding
from suivi.render.translation import Job, Section, check_section, read_job, write_job
from suivi.render.translation.segments import assemble, segments_of
from suivi.values.errors import InputRefused
from tests.render.edited import Edited, section_texts
from tests.render.test_markdown_source import WRITTEN

FORMATS = ("xliff", "docx")
X = "{urn:oasis:names:tc:xliff:document:2.0}"


def section_of(written: str, key: str = "lessons", target: str = "") -> Section:
    shown = {"{{achieved|words}}": "twelve", "{{achieved}}": "12", "{{rate}}": "32.4 per cent"}
    return Section(key, "Lessons learned", "0123abcd", segments_of(written), segments_of(target), shown)


def job_of(*sections: Section) -> Job:
    return Job("harbour-plan", "review-2023", "Invented review", "en", "fr", sections)


def translated(line: str) -> str:
    """Some words in French that no figure and no mark is made of."""
    for english, french in (("What", "CE QUI"), ("First", "PREMIERS"), ("Last", "DERNIERS")):
        line = line.replace(english, french)
    return line


def test_every_paragraph_heading_item_and_note_is_a_piece() -> None:
    assert segments_of(WRITTEN) == {
        "b1": "First words {{achieved|words}}.",
        "b2": "A heading",
        "b3.1": "one",
        "b3.2": "two[^1]",
        "b4": "Framed.",
        "b5.1": "first;",
        "b5.2": "second.",
        "b6": "Last words.",
        "n1": "A note.",
    }


@pytest.mark.parametrize("written", [WRITTEN, *section_texts().values()])
def test_its_own_pieces_make_the_section_again(written: str) -> None:
    assert assemble(written, segments_of(written)).strip() == written.strip()


def test_translated_pieces_stand_in_the_same_places() -> None:
    text = assemble(WRITTEN, {"b2": "Un titre", "b3.2": "deux[^1]", "b5.1": "premier;", "n1": "Une note."})
    assert "\n## Un titre\n" in text
    assert "- one\n- deux[^1]" in text
    assert "> 1. premier;\n> 2. second." in text
    assert "[^1]: Une note." in text


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("key", section_texts())
def test_what_goes_out_comes_back_as_it_went(kind: str, key: str) -> None:
    written = section_texts()[key]
    section = section_of(written, key, translated(written))
    [back] = read_job(write_job(job_of(section), kind)).sections  # type: ignore[arg-type]
    assert (back.key, back.heading, back.digest) == (key, "Lessons learned", "0123abcd")
    assert (back.source, back.target) == (section.source, section.target)
    assert {one.code for one in check_section(section.source, back)} <= {"translation.empty"}


@pytest.mark.parametrize("kind", FORMATS)
def test_file_names_its_paper_and_languages(kind: str) -> None:
    job = read_job(write_job(job_of(section_of(WRITTEN), section_of(WRITTEN, "pillar:1")), kind))  # type: ignore[arg-type]
    assert (job.plan, job.paper) == ("harbour-plan", "review-2023")
    assert (job.source_language, job.target_language) == ("en", "fr")
    assert [section.key for section in job.sections] == ["lessons", "pillar:1"]
    assert not any(section.lines for section in job.sections)


@pytest.mark.parametrize("kind", FORMATS)
def test_same_job_gives_the_same_bytes(kind: str) -> None:
    assert len({write_job(job_of(section_of(WRITTEN)), kind) for _ in range(2)}) == 1  # type: ignore[arg-type]


def test_placeholders_are_locked() -> None:
    xliff = etree.fromstring(write_job(job_of(section_of(WRITTEN)), "xliff"))
    marks = [(ph.get("equiv"), ph.get("disp"), ph.get("canDelete")) for ph in xliff.iter(f"{X}ph")]
    assert marks == [("{{achieved|words}}", "twelve", "no"), ("[^1]", "[^1]", "no")]
    root = Edited(write_job(job_of(section_of(WRITTEN)), "docx")).root
    locks = [lock.get(f"{{{root.nsmap['w']}}}val") for lock in root.iter("{*}lock")]
    assert locks == ["contentLocked"] * 4


def codes(findings: list[Finding]) -> list[tuple[str, object]]:
    return [(finding.code, finding.message.params.get("quote")) for finding in findings]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Premiers mots.", [("translation.missing", "{{achieved|words}}")]),
        ("{{achieved|words}} {{achieved|words}}", [("translation.doubled", "{{achieved|words}}")]),
        (
            "{{achieved}}",
            [("translation.missing", "{{achieved|words}}"), ("translation.unknown", "{{achieved}}")],
        ),
        (" ", [("translation.empty", None)]),
        ("Mots {{achieved|words}}.", []),
    ],
)
def test_lost_doubled_and_foreign_placeholders_are_named_with_their_place(
    line: str, found: list[tuple[str, object]]
) -> None:
    source = segments_of(WRITTEN)
    findings = check_section(source, replace(section_of(WRITTEN), target={**source, "b1": line}))
    assert codes(findings) == found
    assert all(str(finding.message).startswith("Lessons learned, b1") for finding in findings)


def test_sentence_left_in_the_original_language_is_not_translated() -> None:
    source = {"b1": "Lamps need keepers who trim their wicks.", "b2": "HB.9/7, WOLIV"}
    section = Section("lessons", "", "", source, {**source})
    assert [str(one.message) for one in check_section(source, section)] == [
        "lessons, b1 is not translated: Lamps need keepers who trim their wicks."
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_what_the_translator_should_know_goes_out_and_does_not_come_back(kind: str) -> None:
    section = replace(section_of("One line of {{rate}}."), notes={"b1": "It read: {{rate}} lignes [1/b]."})
    data = write_job(job_of(section), kind)  # type: ignore[arg-type]
    [back] = read_job(data).sections
    assert (back.source, back.lines) == (section.source, {})
    words = Edited(data).root.itertext() if kind == "docx" else etree.fromstring(data).itertext()
    assert "It read:" in "".join(words)


@pytest.mark.parametrize("edit", ["removed", "doubled"])
def test_placeholder_removed_or_doubled_in_a_file_is_found(edit: str) -> None:
    root = etree.fromstring(write_job(job_of(section_of(WRITTEN, target=translated(WRITTEN))), "xliff"))
    mark = next(root.iterfind(f".//{X}target/{X}ph"))
    if edit == "doubled":
        mark.addnext(etree.fromstring(etree.tostring(mark, with_tail=False)))
    else:
        mark.getparent().remove(mark)
    [section] = read_job(etree.tostring(root)).sections
    assert codes(check_section(section.source, section)) == [
        ("translation.missing" if edit == "removed" else "translation.doubled", "{{achieved|words}}")
    ]


def test_word_table_keeps_looks_links_and_breaks_of_the_translation() -> None:
    written = "Some **bold** and *slow* [words](<https://example.org/a>) of {{rate}}\\\non two lines."
    section = section_of(written, target=written.replace("bold", "gras"))
    [back] = read_job(write_job(job_of(section), "docx")).sections
    assert back.target["b1"] == section.target["b1"]


def test_translator_may_move_a_figure_in_the_word_table() -> None:
    edited = Edited(write_job(job_of(section_of("Of {{rate}} words.")), "docx"))
    control = list(edited.root.iter("{*}sdt"))[-1]
    cell = next(control.iterancestors("{*}tc"))
    cell.findall("{*}p")[-1].append(control)
    [back] = read_job(edited.data()).sections
    assert back.target["b1"] == "Of words.{{rate}}"
    assert check_section(back.source, back) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"<x/>", b"PK", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", Path(__file__).read_bytes(),
     f'<xliff xmlns="{X[1:-1]}" version="2.0"/>'.encode()],
)  # fmt: skip
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(InputRefused):
        read_job(data)


_LINES = st.lists(st.text("abc d{}[]^@*_1.", min_size=1, max_size=20), min_size=1, max_size=4)


@given(_LINES)
def test_any_text_goes_out_and_comes_back_as_xliff(lines: list[str]) -> None:
    written = "\n\n".join(lines)
    section = section_of(written)
    if section.source:
        [back] = read_job(write_job(job_of(replace(section, target=section.source)), "xliff")).sections
        assert (back.source, back.target) == (section.source, section.source)
