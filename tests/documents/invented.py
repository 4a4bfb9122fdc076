"""One invented plan in three languages, and the layouts in which documents write such plans down."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Made:
    """A deliverable of the invented plan, with what its reading must give."""

    text: str
    time: str
    starts: str | None
    ends: str | None
    lead: str
    indicator: str
    target: int | None = None


@dataclass(frozen=True)
class MadeAction:
    number: str
    text: str
    deliverables: tuple[Made, ...]


@dataclass(frozen=True)
class MadePillar:
    number: str
    title: str
    actions: tuple[MadeAction, ...]


@dataclass(frozen=True)
class MadePlan:
    language: str
    label: str  # of a pillar
    action_label: str
    words: dict[str, str]  # headings of the columns
    pillars: tuple[MadePillar, ...]


def _two_pillars(titles: list[str], actions: list[str], made: list[Made]) -> tuple[MadePillar, ...]:
    """Two pillars of two actions; the deliverables fall to the actions as 2, 1, 1 and 3."""
    shares = [made[0:2], made[2:3], made[3:4], made[4:7]]
    built = [
        MadeAction(f"{1 + i // 2}.{1 + i % 2}", text, tuple(share))
        for i, (text, share) in enumerate(zip(actions, shares, strict=True))
    ]
    return tuple(
        MadePillar(str(i + 1), title, tuple(built[2 * i : 2 * i + 2])) for i, title in enumerate(titles)
    )


ENGLISH = MadePlan(
    "en",
    "Pillar",
    "Action",
    {
        "pillar": "Pillar",
        "action": "Proposed action",
        "deliverable": "Expected deliverables",
        "time": "Time frame",
        "lead": "Responsible unit",
        "indicator": "Indicator",
        "number": "No.",
        "start": "Start date",
        "end": "End date",
        "target": "Target",
    },
    _two_pillars(
        ["Services to the islands", "Partnerships for clear skies"],
        [
            "Strengthen the ferries between the islands in line with the needs of the people who live there",
            "Improve the harbours of the outer islands",
            "Promote cleaner lamps along the coast and in the hills",
            "Widen cooperation with the observatories of the mainland",
        ],
        [
            Made(
                "Eight ferries are repaired.",
                "2024-2026",
                "2024-01-01",
                "2026-12-31",
                "Ferry Office",
                "Ferries at sea",
                8,
            ),
            Made(
                "A common timetable is in force in the four harbours.",
                "Q3 2024",
                "2024-07-01",
                "2024-09-30",
                "Timetable Unit",
                "Days on time",
            ),
            Made(
                "At least 15 piers meet the safety rules.",
                "2025-2026",
                "2025-01-01",
                "2026-12-31",
                "Harbour Office",
                "Safe piers",
                15,
            ),
            Made(
                "Guidance on lamps is developed and used.",
                "by end 2025",
                None,
                "2025-12-31",
                "Lamp Unit",
                "Uses of the guidance",
            ),
            Made(
                "Three agreements with observatories are concluded.",
                "2024-2025",
                "2024-01-01",
                "2025-12-31",
                "Sky Office",
                "Agreements",
                3,
            ),
            Made(
                "Shared measurements are published on a common site.",
                "March 2026",
                "2026-03-01",
                "2026-03-31",
                "Data Unit",
                "Visits",
            ),
            Made(
                "A joint review is carried out.",
                "30 June 2026",
                None,
                "2026-06-30",
                "Sky Office",
                "Review report",
            ),
        ],
    ),
)
FRENCH = MadePlan(
    "fr",
    "Objectif prioritaire",
    "Mesure",
    {
        "pillar": "Objectif prioritaire",
        "action": "Mesure proposée",
        "deliverable": "Résultats attendus",
        "time": "Échéance",
        "lead": "Unité responsable",
        "indicator": "Indicateur",
        "number": "N°",
        "start": "Début",
        "end": "Fin",
        "target": "Cible",
    },
    _two_pillars(
        ["Services aux îles", "Alliances pour un ciel clair"],
        [
            "Renforcer les bacs entre les îles en fonction des besoins de celles et ceux qui y vivent",
            "Améliorer les ports des îles éloignées",
            "Promouvoir des lampes plus propres le long de la côte et dans les collines",
            "Élargir la coopération avec les observatoires du continent",
        ],
        [
            Made(
                "Huit bacs sont réparés.",
                "2024-2026",
                "2024-01-01",
                "2026-12-31",
                "Bureau des bacs",
                "Bacs en mer",
                8,
            ),
            Made(
                "Un horaire commun est en vigueur dans les quatre ports.",
                "T3 2024",
                "2024-07-01",
                "2024-09-30",
                "Unité des horaires",
                "Jours à l'heure",
            ),
            Made(
                "Au moins 15 jetées respectent les règles de sécurité.",
                "2025-2026",
                "2025-01-01",
                "2026-12-31",
                "Bureau des ports",
                "Jetées sûres",
                15,
            ),
            Made(
                "Des orientations sur les lampes sont élaborées et utilisées.",
                "d'ici à 2025",
                None,
                "2025-12-31",
                "Unité des lampes",
                "Emplois des orientations",
            ),
            Made(
                "Trois accords sont conclus avec des observatoires.",
                "2024-2025",
                "2024-01-01",
                "2025-12-31",
                "Bureau du ciel",
                "Accords",
                3,
            ),
            Made(
                "Les mesures partagées sont publiées sur un site commun.",
                "mars 2026",
                "2026-03-01",
                "2026-03-31",
                "Unité des données",
                "Visites",
            ),
            Made(
                "Un examen conjoint est mené.",
                "30 juin 2026",
                None,
                "2026-06-30",
                "Bureau du ciel",
                "Rapport d'examen",
            ),
        ],
    ),
)
SPANISH = MadePlan(
    "es",
    "Esfera prioritaria",
    "Medida",
    {
        "pillar": "Esfera prioritaria",
        "action": "Medida propuesta",
        "deliverable": "Entregables",
        "time": "Plazo",
        "lead": "Unidad responsable",
        "indicator": "Indicador",
        "number": "N.º",
        "start": "Fecha de inicio",
        "end": "Fecha de finalización",
        "target": "Meta",
    },
    _two_pillars(
        ["Servicios a las islas", "Alianzas para un cielo claro"],
        [
            "Reforzar los transbordadores entre las islas según las necesidades de quienes viven en ellas",
            "Mejorar los puertos de las islas lejanas",
            "Promover lámparas más limpias a lo largo de la costa y en las colinas",
            "Ampliar la cooperación con los observatorios del continente",
        ],
        [
            Made(
                "Se reparan ocho transbordadores.",
                "2024-2026",
                "2024-01-01",
                "2026-12-31",
                "Oficina de transbordadores",
                "Transbordadores en el mar",
                8,
            ),
            Made(
                "Un horario común está en vigor en los cuatro puertos.",
                "tercer trimestre de 2024",
                "2024-07-01",
                "2024-09-30",
                "Unidad de horarios",
                "Días puntuales",
            ),
            Made(
                "Al menos 15 muelles cumplen las normas de seguridad.",
                "2025-2026",
                "2025-01-01",
                "2026-12-31",
                "Oficina de puertos",
                "Muelles seguros",
                15,
            ),
            Made(
                "Se elaboran y utilizan orientaciones sobre las lámparas.",
                "a más tardar en 2025",
                None,
                "2025-12-31",
                "Unidad de lámparas",
                "Usos de las orientaciones",
            ),
            Made(
                "Se celebran tres acuerdos con observatorios.",
                "2024-2025",
                "2024-01-01",
                "2025-12-31",
                "Oficina del cielo",
                "Acuerdos",
                3,
            ),
            Made(
                "Las mediciones compartidas se publican en un sitio común.",
                "marzo de 2026",
                "2026-03-01",
                "2026-03-31",
                "Unidad de datos",
                "Visitas",
            ),
            Made(
                "Se realiza un examen conjunto.",
                "30 de junio de 2026",
                None,
                "2026-06-30",
                "Oficina del cielo",
                "Informe del examen",
            ),
        ],
    ),
)
PLANS = (ENGLISH, FRENCH, SPANISH)


@dataclass(frozen=True)
class Box:
    """One cell as a layout wants it: paragraphs, how many rows and columns it covers (0: covered)."""

    paragraphs: tuple[str, ...]
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass
class Sheet:
    """A layout's document: headings (level, words) and tables (rows of boxes) in order."""

    blocks: list[tuple[int, str] | list[list[Box]]] = field(default_factory=list)


def box(*paragraphs: str, rows: int = 1, columns: int = 1) -> Box:
    """A cell with these paragraphs."""
    return Box(paragraphs, rows, columns)


COVERED = Box((), 0, 0)


def _rows(plan: MadePlan) -> Iterator[tuple[MadePillar, MadeAction, Made]]:
    for pillar in plan.pillars:
        for action in pillar.actions:
            for made in action.deliverables:
                yield pillar, action, made


def _head(plan: MadePlan, *names: str) -> list[Box]:
    return [box(plan.words[name]) for name in names]


def pillars_in_headings(plan: MadePlan) -> Sheet:
    """A heading for each pillar, a table under it, actions merged over their deliverables."""
    sheet = Sheet()
    for pillar in plan.pillars:
        sheet.blocks.append((2, f"{plan.label} {pillar.number}: {pillar.title}"))
        rows = [_head(plan, "action", "deliverable", "time", "lead", "indicator")]
        for action in pillar.actions:
            for at, made in enumerate(action.deliverables):
                first = (
                    box(f"{action.number} {action.text}", rows=len(action.deliverables))
                    if at == 0
                    else COVERED
                )
                rows.append([first, box(made.text), box(made.time), box(made.lead), box(made.indicator)])
        sheet.blocks.append(rows)
    return sheet


def pillars_across_rows(plan: MadePlan) -> Sheet:
    """One table; a line across it for each pillar; the lead stands before the deliverable."""
    rows = [_head(plan, "action", "lead", "deliverable", "time")]
    for pillar in plan.pillars:
        rows.append(
            [box(f"{plan.label} {pillar.number} – {pillar.title}", columns=4), COVERED, COVERED, COVERED]
        )
        for action in pillar.actions:
            for at, made in enumerate(action.deliverables):
                first = (
                    box(f"{action.number}. {action.text}", rows=len(action.deliverables))
                    if at == 0
                    else COVERED
                )
                rows.append([first, box(made.lead), box(made.text), box(made.time)])
    return Sheet([rows])


def one_row_each(plan: MadePlan) -> Sheet:
    """Everything repeated in each row, the columns in an unusual order."""
    rows = [_head(plan, "time", "lead", "pillar", "action", "deliverable", "indicator")]
    for pillar, action, made in _rows(plan):
        rows.append(
            [
                box(made.time),
                box(made.lead),
                box(f"{pillar.number}. {pillar.title}"),
                box(f"{action.number} {action.text}"),
                box(made.text),
                box(made.indicator),
            ]
        )
    return Sheet([rows])


def all_levels_merged(plan: MadePlan) -> Sheet:
    """Pillar and action in merged columns, the action's number in a column of its own."""
    rows = [_head(plan, "pillar", "number", "action", "deliverable", "indicator", "time")]
    for pillar in plan.pillars:
        count = sum(len(action.deliverables) for action in pillar.actions)
        is_first = True
        for action in pillar.actions:
            size = len(action.deliverables)
            for at, made in enumerate(action.deliverables):
                rows.append(
                    [
                        box(f"{pillar.number}. {pillar.title}", rows=count) if is_first else COVERED,
                        box(action.number, rows=size) if at == 0 else COVERED,
                        box(action.text, rows=size) if at == 0 else COVERED,
                        box(made.text),
                        box(made.indicator),
                        box(made.time),
                    ]
                )
                is_first = False
    return Sheet([rows])


def actions_in_headings(plan: MadePlan) -> Sheet:
    """A heading for each pillar and each action, and a table of deliverables under each action."""
    sheet = Sheet()
    for pillar in plan.pillars:
        sheet.blocks.append((2, f"{plan.label} {pillar.number}. {pillar.title}"))
        for action in pillar.actions:
            sheet.blocks.append((3, f"{plan.action_label} {action.number}: {action.text}"))
            rows = [_head(plan, "deliverable", "lead", "time")]
            rows += [[box(made.text), box(made.lead), box(made.time)] for made in action.deliverables]
            sheet.blocks.append(rows)
    return sheet


def plain_headings(plan: MadePlan) -> Sheet:
    """Headings that are nothing but the titles of the pillars, each above its table."""
    sheet = Sheet()
    for pillar in plan.pillars:
        sheet.blocks.append((2, f"{pillar.number}. {pillar.title}"))
        rows = [_head(plan, "action", "deliverable", "time")]
        for action in pillar.actions:
            for at, made in enumerate(action.deliverables):
                first = (
                    box(f"{action.number} {action.text}", rows=len(action.deliverables))
                    if at == 0
                    else COVERED
                )
                rows.append([first, box(made.text), box(made.time)])
        sheet.blocks.append(rows)
    return sheet


def several_in_a_cell(plan: MadePlan) -> Sheet:
    """One row per action: its deliverables are paragraphs of one cell, and so are their time frames."""
    rows = [_head(plan, "pillar", "action", "deliverable", "time")]
    for pillar in plan.pillars:
        for at, action in enumerate(pillar.actions):
            first = (
                box(f"{plan.label} {pillar.number}: {pillar.title}", rows=len(pillar.actions))
                if at == 0
                else COVERED
            )
            rows.append(
                [
                    first,
                    box(f"{action.number} {action.text}"),
                    box(*(made.text for made in action.deliverables)),
                    box(*(made.time for made in action.deliverables)),
                ]
            )
    return Sheet([rows])


LAYOUTS = (
    pillars_in_headings,
    pillars_across_rows,
    one_row_each,
    all_levels_merged,
    actions_in_headings,
    plain_headings,
    several_in_a_cell,
)


def stated(plan: MadePlan, *, with_lead: bool, with_indicator: bool) -> list[Any]:
    """What a reading of the plan must give."""
    return [
        (
            pillar.number,
            pillar.title,
            action.number,
            action.text,
            made.text,
            made.starts,
            made.ends,
            made.target,
            made.lead if with_lead else "",
            made.indicator if with_indicator else "",
        )
        for pillar, action, made in _rows(plan)
    ]
