from html.parser import HTMLParser

import pytest
from lxml import html as lxml_html

from suivi.render.document import (
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Reference,
    Row,
    Run,
    Table,
)
from suivi.render.html import render_html
from tests.render.papers import document_of, whole_document

HOSTILE = "<script>alert(1)</script>\" onload='x' & </style>"


def tree_of(document: Document) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render_html(document).decode())


def test_the_page_names_its_language_and_title() -> None:
    tree = tree_of(whole_document())
    assert tree.get("lang") == "fr"
    assert tree.findtext(".//title") == "Plan de gestion inventé"


def test_the_page_asks_for_nothing_outside_itself() -> None:
    tree = tree_of(whole_document())
    assert tree.xpath("//script | //link | //img | //iframe | //@src") == []
    assert "url(" not in tree.findtext(".//style")


def test_the_numbers_of_paragraphs_run_through_the_document() -> None:
    numbers = tree_of(whole_document()).xpath(
        "//p[contains(@class, 'numbered')]/span[@class='number']/text()"
    )
    assert numbers == ["1.", "2."]


def test_the_contents_lead_to_every_heading() -> None:
    tree = tree_of(whole_document())
    leads = [href[1:] for href in tree.xpath("//nav//a/@href")]
    assert leads == tree.xpath("//main//*[self::h2 or self::h3]/@id")


def test_a_reference_reads_like_its_language_and_leads_to_its_block() -> None:
    tree = tree_of(whole_document())
    link = tree.xpath("//main//a[@href='#owed']")[0]
    assert link.text == "tableau\u00a01"
    assert tree.get_element_by_id("owed") is not None


def test_a_reference_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        render_html(document_of(Paragraph(Reference("nowhere"))))


def test_header_cells_say_what_they_head() -> None:
    tree = tree_of(whole_document())
    table = tree.xpath("//table")[0]
    assert table.xpath("./thead//th/@scope") == ["col"] * 4
    assert table.xpath("./tbody/tr[1]/th/@scope") == ["rowgroup"]
    assert table.xpath("./tbody/tr[2]/th/@scope") == ["rowgroup"]
    assert table.xpath("./caption")[0].text_content() == "Tableau 1. What is owed"


def test_a_note_and_its_mark_lead_to_each_other() -> None:
    tree = tree_of(whole_document())
    assert len(tree.xpath("//section[@role='doc-endnotes']//li")) == 2
    assert tree.get_element_by_id("note-mark-1").get("href") == "#note-1"
    assert tree.xpath("//li[@id='note-1']/a/@href") == ["#note-mark-1"]


def test_the_alternative_text_stands_on_the_figure() -> None:
    assert tree_of(whole_document()).xpath("//figure/div[@role='img']/@aria-label") == [
        "One window, from 2021 to 2023, with a milestone reached."
    ]


def test_a_status_has_a_drawn_mark_beside_its_word() -> None:
    status = tree_of(whole_document()).xpath("//span[contains(@class, 'status')]")[0]
    assert status.text_content() == "on track"
    assert status.xpath("./*[local-name()='svg']/@aria-hidden") == ["true"]


def test_words_of_another_language_are_marked() -> None:
    tree = tree_of(whole_document())
    assert tree.xpath("//main//span[@lang='en']//text()") == ["in English"]
    assert tree.xpath("//main//span[@lang='ar']/@dir") == ["rtl"]


def test_the_notice_stands_on_the_page_and_in_the_margin_of_each_printed_one() -> None:
    tree = tree_of(whole_document())
    assert tree.xpath("//*[@class='notice']")[0].text_content() == "Démonstration: organisation inventée."
    assert "@top-center" in tree.findtext(".//style")


def test_the_provenance_is_in_the_head() -> None:
    tree = tree_of(whole_document())
    assert tree.xpath("//meta[@name='suivi:as-of']/@content") == ["2023-02-15"]


def test_hostile_texts_stay_texts_everywhere() -> None:
    cell = Row((Cell(HOSTILE),))
    table = Table(caption=HOSTILE, columns=(Column(),), header=(cell,), body=(cell,))
    document = document_of(Heading(HOSTILE), Paragraph(HOSTILE), table, notice=HOSTILE)
    tree = tree_of(document)
    assert tree.xpath("//script | //@onload") == []
    assert tree.xpath("//main/p")[0].text_content() == HOSTILE
    assert tree.findtext(".//style").count("<") == 0


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " java\nscript:x", "file:///etc"]
)
def test_a_link_that_leads_elsewhere_than_the_web_keeps_its_words_alone(address: str) -> None:
    paragraph = tree_of(document_of(Paragraph(Run("words", href=address)))).xpath("//main/p")[0]
    assert paragraph.text_content() == "words"
    assert paragraph.xpath(".//a") == []


def test_a_foreign_drawing_is_refused() -> None:
    figure = Figure(svg="<svg><script/></svg>", alt="", caption="x")
    with pytest.raises(ValueError, match="drawing"):
        render_html(document_of(figure))


def test_every_opened_element_is_closed() -> None:
    class Nesting(HTMLParser):
        void = frozenset({"meta", "br", "col"})

        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
            self.open += [tag] * (tag not in self.void)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    nesting = Nesting()
    nesting.feed(render_html(whole_document()).decode())
    nesting.close()
    assert nesting.open == []
