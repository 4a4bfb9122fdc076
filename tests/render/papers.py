"""An invented document with everything a document can hold, and a drawing for it."""

from datetime import date

from suivi.render.document import (
    Block,
    Box,
    BulletList,
    Cell,
    Column,
    Cover,
    CoverRow,
    Document,
    Figure,
    Heading,
    LineBreak,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Run,
    Table,
)
from suivi.render.timeline import Milestone, TimelineGroup, TimelineRow, draw_timeline


def document_of(*blocks: Block, language: str = "en", **more: object) -> Document:
    """A small document about these blocks."""
    metadata = Metadata(title="An invented paper", language=language, created_on=date(2023, 2, 15))
    return Document(metadata=metadata, blocks=blocks, **more)  # type: ignore[arg-type]


def invented_drawing(width: int = 640) -> str:
    row = TimelineRow(
        number="1.1.1",
        label="Ten invented observatories",
        starts_on=date(2021, 1, 1),
        ends_on=date(2023, 12, 31),
        status="on-track",
        milestones=(Milestone(date(2022, 6, 30), "List agreed", is_done=True),),
    )
    groups = [TimelineGroup("Pillar 1", (row,))]
    return draw_timeline(groups, title="Calendar", language="en", today=date(2023, 2, 15), width=width).svg


def overview() -> Table:
    """A table with a group row, merged cells, a note and a mark of status."""
    words = (Run("1.1 Watch the invented seas"), Note("Invented minutes, page 7."))
    action = Cell(words, rowspan=2, is_header=True)
    on_track, at_risk = Run("on track", status="on-track"), Run("at risk", status="at-risk")
    return Table(
        caption="What is owed",
        columns=(Column(3), Column(4), Column(1, "end"), Column(2)),
        header=(Row((Cell("Action"), Cell("Deliverable"), Cell("Count"), Cell("Status"))),),
        body=(
            Row((Cell("Pillar 1: Knowledge", colspan=4, is_header=True),), kind="group"),
            Row(
                (
                    action,
                    Cell("1.1.1 Observatories"),
                    Cell("1 234,5"),
                    Cell(on_track),
                )
            ),
            Row((Cell("1.1.2 Methods\nshared"), Cell("2"), Cell(at_risk))),
            Row((Cell("Total", colspan=2), Cell("3"), Cell()), kind="total"),
        ),
        anchor="owed",
        source="Source: invented register.",
    )


def whole_document(language: str = "fr") -> Document:
    wide = Table(
        caption="Who does what",
        columns=(Column(), Column(2)),
        header=(Row((Cell("Number"), Cell("Unit"))),),
        body=tuple(Row((Cell(f"2.{n}", is_header=True), Cell("Unit of islands"))) for n in range(60)),
        wide=True,
        anchor="who",
    )
    figure = Figure(
        svg=invented_drawing(),
        alt="One window, from 2021 to 2023, with a milestone reached.",
        caption="One window still open",
        anchor="when",
        source="Source: invented register.",
        data=Table(
            caption="Windows",
            columns=(Column(), Column()),
            header=(Row((Cell("Year"), Cell("Windows"))),),
            body=(Row((Cell("2023"), Cell("1"))),),
        ),
    )
    links = (
        Run("Voir "),
        Reference("owed"),
        Run(", "),
        Reference("when"),
        Run(" et "),
        Reference("first"),
        Run(". Le site", href="https://example.org/a?b=1&c=2"),
        LineBreak(),
        Run("in English", language="en", italic=True),
        Run(" الركائز", language="ar"),
    )
    first = (Run("Premier "), Run("gras", bold=True), Note("Une note inventée."))
    decision = BulletList(("prend note;", "demande."), lettered=True)
    blocks: tuple[Block, ...] = (
        Heading("Introduction", anchor="intro"),
        Paragraph(first, numbered=True, anchor="first"),
        Paragraph(links, numbered=True),
        BulletList(("un point", "un autre point")),
        Heading("Le tableau", 2),
        overview(),
        PageBreak(),
        figure,
        Heading("Responsabilités"),
        wide,
        Heading("Décision"),
        Box((Paragraph("Le Conseil inventé:"), decision), title="Projet"),
    )
    return Document(
        metadata=Metadata(
            title="Plan de gestion inventé",
            language=language,
            created_on=date(2023, 2, 15),
            subject="Qui fait quoi",
            author="Organisation inventée",
            keywords=("plan", "gestion"),
            provenance={"edition": "1", "as-of": "2023-02-15"},
        ),
        blocks=blocks,
        notice="Démonstration: organisation inventée.",
        cover=Cover(
            organisation="Organisation inventée",
            symbol="CI.12/4",
            subtitle="Au 15 février 2023",
            purpose_label="Objet du document",
            purpose="Donner des orientations.",
            rows=(CoverRow("Unité auteur", "Unité des îles"),),
        ),
    )
