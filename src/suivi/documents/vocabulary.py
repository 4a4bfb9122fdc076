"""The words by which plans in English, French and Spanish name their columns and levels."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from suivi.values.folding import fold


class Role(StrEnum):
    """What a column holds."""

    LEVEL = "level"  # pillar, action or deliverable: which of them is settled by the whole plan
    NUMBER = "number"
    TIMEFRAME = "time frame"
    START = "start"
    END = "end"
    LEAD = "lead"
    INDICATOR = "indicator"
    TARGET = "target"
    UNIT = "unit"
    LINKS = "links"
    TICK = "tick"  # a year or quarter that is marked where the work goes on
    OTHER = "other"  # understood, and without a place in the plan: budget, status, remarks


class Level(StrEnum):
    PILLAR = "pillar"
    ACTION = "action"
    DELIVERABLE = "deliverable"


@dataclass(frozen=True)
class Meaning:
    """The role of a heading; for a level, how well the word fits pillar, action and deliverable (0 to 3)."""

    role: Role
    ranks: tuple[float, float, float] = (0, 0, 0)
    phrase: str = ""


# First role that matches wins, so the telling phrases stand first ("target group" before "target").
_ROLES: tuple[tuple[Role, str], ...] = (
    (
        Role.OTHER,
        "target group|target audience|groupe cible|public cible|grupo destinatario|grupo objetivo|"
        "beneficiary|"
        "beneficiaire|beneficiario|remark|comment|observation|note|remarque|commentaire|observacion|"
        "comentario|nota|"
        "status|statut|etat d'avancement|etat|estado|grado de avance|progress|avancement|avance|progres|"
        "baseline|"
        "base de reference|valeur de reference|situation de reference|linea de base|base de referencia|"
        "valor de referencia|budget|cost|estimated cost|resource|resource required|financial resource|"
        "cout|ressource|"
        "presupuesto|costo|coste|recurso|funding|funding source|source of funding|financement|"
        "source de financement|financiacion|financiamiento|fuente de financiacion|risk|risque|riesgo|"
        "assumption|"
        "hypothese|supuesto|means of verification|source of verification|moyen de verification|"
        "source de verification|medio de verificacion|fuente de verificacion|data source|source de donnee|"
        "fuente de datos|partner|partenaire|socio|asociado|supporting unit|support unit|support|in support|"
        "unite en appui|appui|apoyo|unidad de apoyo|contributing unit|other unit|collaborating unit|"
        "stakeholder|"
        "partie prenante|parte interesada|risk level|rationale|justification|justificacion|description|"
        "descripcion|evidence|context|contexte|contexto|amount|montant|importe|monto|participant|dependency|"
        "priority level|niveau de priorite|nivel de prioridad|location|lieu|lugar|country|pays|pais|"
        "management response|management's response|response of management|response of the management|"
        "tracking|management comment|"
        "reponse de la direction|reponse de l'administration|suite donnee|suivi|reponse du management|"
        "respuesta de la direccion|respuesta de la administracion|respuesta de gestion|respuesta de la "
        "gerencia|"
        "seguimiento|acceptance|acceptation|aceptacion",
    ),
    (
        Role.LINKS,
        "link to output|link to the output|link to outcome|link to programme|link|linkage|linked output|"
        "linked outcome|"
        "related output|related outcome|corresponding output|corresponding outcome|relevant output|p&b "
        "output|p&b|"
        "output p&b|programme and budget|programme and budget output|output of the programme and budget|"
        "contribution to|contribute to|contributes to|sdg|sdg target|sdg link|alignment|aligned with|"
        "framework|"
        "results framework|lien|lien avec|lien avec le produit|produit correspondant|produit p&b|"
        "produit du p&b|"
        "produit concerne|produit lie|resultat correspondant|programme et budget|produit du programme "
        "et budget|"
        "contribution a|odd|cible odd|cible de odd|cadre de resultat|rattachement|"
        "vinculo|vinculo con|vinculacion|relacion con|producto correspondiente|producto relacionado|"
        "producto conexo|"
        "programa y presupuesto|producto del programa y presupuesto|contribucion a|contribuye a|ods|"
        "meta de los ods|"
        "meta ods|marco de resultado|producto vinculado|enlace|cross-reference|reference document",
    ),
    (
        Role.NUMBER,
        "no|n|nr|num|number|#|ref|reference|ref no|code|id|identifier|action no|action number|measure no|"
        "activity no|"
        "pillar no|deliverable no|output no|action ref|action id|action code|deliverable number|"
        "activity number|"
        "deliverable id|deliverable code|output code|activity code|s/n|sn|serial|serial no|"
        "numero|numero de mesure|numero de la mesure|numero d'action|n de mesure|no de mesure|numero "
        "d'ordre|n d'ordre|"
        "cote|codigo|numero de accion|numero de medida|numero de la medida|n de accion|no de accion|"
        "clave|referencia|"
        "item|item no|index|n o",
    ),
    (
        Role.START,
        "start|start date|starting date|start year|begin|beginning|from|first day|starts on|commencement|"
        "planned start|"
        "debut|date de debut|annee de debut|commence|du|premier jour|debut prevu|demarrage|date de demarrage|"
        "inicio|fecha de inicio|ano de inicio|comienzo|fecha de comienzo|desde|primer dia|de|de (annee)",
    ),
    (
        Role.END,
        "end|end date|ending date|end year|finish|finish date|to|until|last day|ends on|completion|"
        "completion date|planned end|"
        "target completion|expected completion|fin|date de fin|annee de fin|fin prevue|jusqu'a|au|a|"
        "dernier jour|achevement|"
        "date d'achevement|final|fecha de finalizacion|fecha final|ano de finalizacion|finalizacion|termino|"
        "fecha de termino|hasta|ultimo dia|fecha de fin|conclusion",
    ),
    (
        Role.TIMEFRAME,
        "time frame|timeframe|window|time-frame|timeline|time line|timing|time|deadline|due|due date|"
        "due by|by when|when|date|"
        "target date|planned date|date of completion|delivery date|schedule|calendar|implementation period|"
        "implementation date|implementation timeline|period|year|duration|target year|quarter|time period|"
        "time limit|start and end date|start and end|start-end|planned completion|"
        "echeance|echeancier|delai|delai d'execution|calendrier|date limite|date butoir|date prevue|"
        "date cible|periode|"
        "periode d'execution|periode de mise en œuvre|duree|annee|quand|horizon|trimestre|terme|date de "
        "realisation|"
        "plazo|plazo de ejecucion|fecha|fecha limite|fecha prevista|fecha de entrega|calendario|"
        "cronograma|periodo|"
        "periodo de ejecucion|ano|cuando|vencimiento|horizonte|horizonte temporal|temporalidad|duracion|"
        "marco temporal",
    ),
    (
        Role.INDICATOR,
        "indicator|performance indicator|key performance indicator|kpi|output indicator|progress indicator|"
        "success indicator|measure of success|success criteria|performance measure|verification "
        "indicator|metric|"
        "indicateur|indicateur de performance|indicateur de resultat|indicateur de suivi|indicateur de "
        "succes|"
        "critere de succes|mesure de performance|"
        "indicador|indicador de desempeno|indicador de resultado|indicador de logro|criterio de exito",
    ),
    (
        Role.UNIT,
        "unit of measure|target unit|unit of target|unite de la cible|unidad de la meta|unit of "
        "measurement|measurement unit|unite de mesure|unidad de medida",
    ),
    (
        Role.LEAD,
        "lead|lead unit|lead department|lead entity|lead agency|lead office|lead organization|lead "
        "organisation|lead body|"
        "lead institution|responsible|responsible unit|responsible party|responsible entity|responsible "
        "officer|"
        "responsible department|responsible office|responsible person|responsible body|responsible agency|"
        "responsible institution|responsibility|responsible for|owner|who|by whom|accountable|"
        "accountable unit|"
        "unit in charge|in charge|focal point|assigned to|implementing entity|implementing agency|"
        "implementer|"
        "department|division|office|unit|action owner|action lead|executing agency|executing entity|"
        "executing unit|"
        "implementing unit|implementing body|implementing partner|coordinator|coordinating unit|champion|"
        "assignee|action holder|"
        "responsable|unite responsable|entite responsable|service responsable|organe responsable|"
        "structure responsable|"
        "departement responsable|entite d'execution|agence d'execution|unite d'execution|organisme "
        "d'execution|"
        "maitre d'ouvrage|coordonnateur|coordinateur|entite pilote|service pilote|chef de file|unite "
        "chef de file|unite chargee|unite|qui|pilote|porteur|responsabilite|"
        "service charge|charge de l'execution|entite chargee|departement|direction responsable|point "
        "focal|maitre d'œuvre|"
        "unidad responsable|entidad responsable|departamento responsable|area responsable|oficina "
        "responsable|"
        "institucion responsable|organo responsable|encargado|encargada|unidad encargada|unidad|quien|"
        "unidad ejecutora|entidad ejecutora|organo ejecutor|organismo ejecutor|ejecutor|area ejecutora|"
        "organismo responsable|"
        "coordinador|coordinadora|coordinacion|a cargo|a cargo de|responsabilidad|liderazgo|lider|"
        "departamento|dependencia|dependencia responsable|punto focal",
    ),
    (
        Role.TARGET,
        "target|numeric target|target value|quantity|qty|count|number of unit|target number|"
        "quantitative target|"
        "cible|valeur cible|cible chiffree|quantite|objectif chiffre|objectif quantitatif|nombre|valeur "
        "visee|"
        "meta|meta cuantitativa|meta numerica|valor meta|cantidad|valor objetivo",
    ),
)

# phrase: (as a pillar, as an action, as a deliverable)
_LEVELS: dict[tuple[float, float, float], str] = {
    (
        3,
        0.6,
        0,
    ): "pillar|goal|strategic goal|strategic objective|priority objective|priority|strategic priority|priority area|"
    "focus area|area of focus|focus|thematic area|theme|area|area of work|work area|strategic area|area "
    "of action|axis|"
    "strategic axis|outcome area|strategic direction|domain|strategic pillar|key area|priority theme|"
    "result area|"
    "key result area|action area|overarching goal|field|"
    "pilier|objectif prioritaire|objectif strategique|axe|axe strategique|axe prioritaire|axe "
    "d'intervention|axe d'action|"
    "priorite|priorite strategique|domaine prioritaire|domaine d'action|domaine d'action prioritaire|"
    "domaine d'intervention|domaine|domaine strategique|domaine thematique|theme|thematique|grand axe|"
    "finalite|but|"
    "pilar|esfera prioritaria|esfera de actividad|esfera|objetivo estrategico|objetivo prioritario|eje|"
    "eje estrategico|"
    "eje prioritario|eje tematico|prioridad|prioridad estrategica|area prioritaria|area estrategica|"
    "area de trabajo|area tematica|ambito|ambito prioritario|ambito de actuacion|area de accion|finalidad",
    (
        2.5,
        1.5,
        0,
    ): "objective|overall objective|general objective|workstream|work stream|work package|line of effort|component|cluster|programme|"
    "objectif|objectif general|volet|composante|chantier|orientation|orientation strategique|programme|"
    "objetivo|objetivo general|linea estrategica|componente|programa|vertiente|lineamiento",
    (
        2.2,
        1.5,
        0.6,
    ): "outcome|strategic outcome|policy outcome|effet|resultat strategique|efecto|efecto directo|impact|"
    "intermediate outcome|immediate outcome|expected accomplishment|accomplishment|realisation escomptee",
    (
        1.5,
        2.2,
        0.2,
    ): "specific objective|operational objective|sub-objective|sub-goal|strategy|strategic action|commitment|"
    "recommendation|sub-theme|"
    "objectif specifique|objectif operationnel|sous-objectif|strategie|recommandation|engagement|"
    "objetivo especifico|objetivo operativo|estrategia|linea de accion|recomendacion|compromiso",
    (0.5, 3, 1): "action|proposed action|key action|priority action|measure|proposed measure|action point|"
    "action to be taken|planned action|required action|agreed action|"
    "mesure|mesure proposee|mesure prioritaire|mesure prevue|mesure a prendre|action prioritaire|action "
    "prevue|"
    "action proposee|action cle|"
    "medida|medida propuesta|accion|accion prioritaria|accion propuesta|accion prevista|medida prevista|"
    "medida prioritaria",
    (
        0.2,
        2.5,
        1.8,
    ): "activity|main activity|key activity|planned activity|intervention|initiative|project|activite|projet|"
    "activite principale|activite prevue|operation|actividad|actividad principal|actividad prevista|"
    "intervencion|iniciativa|proyecto",
    (
        0,
        1,
        2.2,
    ): "task|sub-action|sub-activity|subactivity|step|key step|tache|sous-action|sous-activite|etape|tarea|"
    "subaccion|subactividad|paso|etapa",
    (0.3, 1.6, 2.6): "output|key output|planned output|product|produit|extrant|producto",
    (0.8, 1.2, 2.2): "result|key result|resultat|resultado|achievement|logro|"
    "expected outcome|effet attendu|efecto previsto|efecto esperado",
    (
        0,
        0.5,
        2.9,
    ): "expected result|expected output|expected deliverable|intended result|planned result|expected achievement|"
    "resultat attendu|resultat escompte|resultat vise|produit attendu|realisation|realisation attendue|"
    "resultado esperado|resultado previsto|producto esperado|producto previsto|logro previsto|logro esperado",
    (
        0,
        0,
        3,
    ): "deliverable|key deliverable|main deliverable|livrable|livrable attendu|principal livrable|entregable|"
    "principal entregable|entregable previsto",
    (0, 0.2, 1.4): "milestone|key milestone|jalon|hito",
}
_NOT_LEVELS = (
    "action plan",
    "plan d'action",
    "plan de accion",
    "plan of action",
    "work plan",
    "programme of work",
)

_PUNCTUATION = re.compile(r"[^\w#&/' -]+")
_PARTS = re.compile(r"\s*(?:[/(),;:\n|+]|\s[-–—]\s|\b(?:and|et|y|or|ou|o)\b)\s*")
_LONGEST_HEADING = 110


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith(("ies",)):
        return f"{word[:-3]}y"
    if len(word) > 5 and word.endswith("ores"):
        return word[:-2]
    if len(word) > 6 and word.endswith(("ciones", "siones", "dades", "ables")) and not word.endswith("ables"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    if len(word) > 4 and word.endswith("eaux"):
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def key_of(heading: str) -> str:
    """A heading as it is looked up: folded, without punctuation, each word in the singular."""
    words = _PUNCTUATION.sub(" ", fold(heading).replace("_", " ")).split()
    return " ".join(_singular(word.strip("-'/")) for word in words)


def _table() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}
    for ranks, phrases in _LEVELS.items():
        for phrase in phrases.split("|"):
            table.setdefault(key_of(phrase), Meaning(Role.LEVEL, ranks, key_of(phrase)))
    return table


_LEVEL_TABLE = _table()
_ROLE_TABLE: dict[str, tuple[int, Role]] = {}
for _order, (_role, _phrases) in enumerate(_ROLES):
    for _phrase in _phrases.split("|"):
        _ROLE_TABLE.setdefault(key_of(_phrase), (_order, _role))
# One short word inside a longer heading says little: "to", "a", "no" count only where they stand alone.
_WHOLE_ONLY_WORDS = (
    "no|n|a|au|du|de|to|from|o|item|who|when|time|note|but|id|#|fin|end|quand|qui|"
    "year|ano|annee|start|support|link|area|ambito|focus|field|country|pais|pays|code|"
    "count|number|etat|estado|office|division|direction|departement|quantity|nombre|amount|"
    "final|step|impact|context|contexte|contexto|to be|programme|programa|completion|"
    "conclusion|description|lieu|lugar|location|framework|reference|index|clave|suivi|"
    "seguimiento|tracking|operation|acceptance|acceptation|aceptacion|horizon|term|terme|"
)
_WHOLE_ONLY = {key_of(word) for word in _WHOLE_ONLY_WORDS.split("|")}


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> Meaning | None:
    """What a column heading means; None where no known word stands in it.

    The whole heading is looked up first, then its parts ("Lead / support", "Expected results (outputs)"),
    then the phrases inside it, the roles that are no level first: "Output indicator" is an indicator.
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    key = key_of(heading)
    whole = _exact(key)
    if whole:
        return whole
    if _is_number_of_level(key.split()):
        return Meaning(Role.NUMBER, phrase=key)
    parts = [part for part in _PARTS.split(heading) if part.strip()]
    for part in parts:
        if found := _exact(key_of(part)) or _inside(key_of(part)):
            return found
    return _inside(key_of(heading))


_NUMBER_WORDS = frozenset("number no num nr n id identifier ref code numero codigo # cote".split())


def _is_number_of_level(words: list[str]) -> bool:
    """ "Pillar number", "Numéro de la mesure", "Action #": a word for number beside the word for a level."""
    if len(words) > 5 or not words or not (words[0] in _NUMBER_WORDS or words[-1] in _NUMBER_WORDS):
        return False
    rest = [
        word
        for word in words
        if word not in _NUMBER_WORDS and word not in ("de", "du", "la", "le", "l", "of", "the")
    ]
    return " ".join(rest).removeprefix("l'").removeprefix("d'") in _LEVEL_TABLE


def _exact(key: str) -> Meaning | None:
    if key in _ROLE_TABLE:
        return Meaning(_ROLE_TABLE[key][1], phrase=key)
    return _LEVEL_TABLE.get(key)


def _inside(key: str) -> Meaning | None:
    """The meaning of the weightiest phrase inside a longer heading."""
    words = key.split()
    if len(words) > 14:
        return None
    best: tuple[int, int, str] | None = None
    best_level, has_head = "", False  # "Pillar of the strategy" is a pillar
    for start in range(len(words)):
        for end in range(start + 1, min(start + 6, len(words)) + 1):
            phrase = " ".join(words[start:end])
            if phrase in _ROLE_TABLE and phrase not in _WHOLE_ONLY:
                rank = (_ROLE_TABLE[phrase][0], -(end - start), phrase)
                best = min(best, rank) if best else rank
            elif phrase in _LEVEL_TABLE and phrase not in _WHOLE_ONLY:
                leads = start == 0 and words[end : end + 1] in (["of"], ["de"], ["du"], ["del"])
                if leads or (len(phrase) > len(best_level) and not has_head):
                    best_level, has_head = phrase, has_head or leads
    if best and not (_ROLES[best[0]][0] is Role.OTHER and best_level and key.startswith(best_level)):
        return Meaning(_ROLES[best[0]][0], phrase=best[2])
    if best_level and not any(phrase in key for phrase in _NOT_LEVELS):
        return _LEVEL_TABLE[best_level]
    return None


def level_words() -> list[str]:
    """The known level phrases as written above, the longest first (for labels in front of a number)."""
    phrases = {phrase for group in _LEVELS.values() for phrase in group.split("|")}
    return sorted(phrases, key=len, reverse=True)


def level_meaning(label: str) -> Meaning | None:
    """What a label in front of a number means ("Objectif prioritaire" 1), None where it is no level."""
    return _LEVEL_TABLE.get(key_of(label))
