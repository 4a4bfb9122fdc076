"""The few words that the renderers and shapes write by themselves, per language.

They are part of the documents, not of the pages: a French paper made from an English page is French. A
language without words of its own gets the English ones.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Wording:
    contents: str
    table: str
    figure: str
    paragraph: str
    note: str
    notes: str
    back_to_text: str
    page_of: str  # with %(page)s and %(pages)s
    source: str
    data_of_figure: str  # with %(figure)s
    skip_to_text: str
    missing_letters: str  # with %(letters)s
    today: str
    no_window: str
    open_start: str
    open_end: str
    window: str  # with %(first)s and %(last)s
    internal_end: str
    milestone_done: str
    milestone_due: str
    timeline_summary: str  # with %(rows)s and %(years)s
    nothing_to_show: str
    target: str
    expected: str
    up_to: str  # before a day
    not_on_map: str
    not_recognized: str
    capital_references: bool = False  # "Table 2" in a sentence, not "table 2"

    @classmethod
    def of(cls, language: str) -> "Wording":
        return _WORDINGS.get(language.replace("_", "-").split("-")[0].lower(), _WORDINGS["en"])


_WORDINGS = {
    "en": Wording(
        contents="Contents",
        table="Table",
        figure="Figure",
        paragraph="paragraph",
        note="Note",
        notes="Notes",
        back_to_text="Back to the text",
        page_of="Page %(page)s of %(pages)s",
        source="Source",
        data_of_figure="Data: %(figure)s",
        skip_to_text="Skip to the text",
        missing_letters="The fonts of this file have no shape for some characters, "
        "shown here as □: %(letters)s.",
        today="Today",
        no_window="no time frame stated",
        open_start="start not stated",
        open_end="end not stated",
        window="%(first)s to %(last)s",
        internal_end="Internal end",
        milestone_done="Milestone reached",
        milestone_due="Milestone to come",
        timeline_summary="Timeline with %(rows)s rows, %(years)s",
        nothing_to_show="Nothing to show yet.",
        target="target",
        expected="expected",
        up_to="up to",
        not_on_map="Not on the map",
        not_recognized="Not recognized, as written",
        capital_references=True,
    ),
    "fr": Wording(
        contents="Table des matières",
        table="Tableau",
        figure="Figure",
        paragraph="paragraphe",
        note="Note",
        notes="Notes",
        back_to_text="Retour au texte",
        page_of="Page %(page)s sur %(pages)s",
        source="Source",
        data_of_figure="Données: %(figure)s",
        skip_to_text="Aller au texte",
        missing_letters="Les polices de ce fichier n'ont pas de forme pour certains caractères, "
        "remplacés ici par □: %(letters)s.",
        today="Aujourd'hui",
        no_window="aucune échéance indiquée",
        open_start="début non indiqué",
        open_end="fin non indiquée",
        window="%(first)s au %(last)s",
        internal_end="Date interne",
        milestone_done="Jalon atteint",
        milestone_due="Jalon à venir",
        timeline_summary="Chronologie de %(rows)s lignes, %(years)s",
        nothing_to_show="Rien à afficher pour le moment.",
        target="cible",
        expected="attendu",
        up_to="jusqu'au",
        not_on_map="Hors de la carte",
        not_recognized="Non reconnus, tels qu'écrits",
    ),
    "es": Wording(
        contents="Índice",
        table="Cuadro",
        figure="Gráfico",
        paragraph="párrafo",
        note="Nota",
        notes="Notas",
        back_to_text="Volver al texto",
        page_of="Página %(page)s de %(pages)s",
        source="Fuente",
        data_of_figure="Datos: %(figure)s",
        skip_to_text="Ir al texto",
        missing_letters="Los tipos de letra de este archivo no tienen forma para algunos caracteres, "
        "sustituidos aquí por □: %(letters)s.",
        today="Hoy",
        no_window="ningún plazo indicado",
        open_start="inicio no indicado",
        open_end="fin no indicado",
        window="%(first)s a %(last)s",
        internal_end="Fecha interna",
        milestone_done="Hito alcanzado",
        milestone_due="Hito previsto",
        timeline_summary="Cronograma de %(rows)s filas, %(years)s",
        nothing_to_show="Nada que mostrar todavía.",
        target="meta",
        expected="previsto",
        up_to="hasta el",
        not_on_map="Fuera del mapa",
        not_recognized="No reconocidos, tal como se escribieron",
    ),
}
