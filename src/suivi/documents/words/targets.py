"""The count that a deliverable states: how many of what are to be reached.

A count leads its sentence ("Ten partnerships are concluded", "Sont conclus dix partenariats") or stands
behind "at least", or counts what is reached ("in 12 countries"). Articles, years, ordinals, durations,
codes, and numbers of known things ("the five regions", "four pillars") are no targets.
"""

import re
from dataclasses import dataclass

from suivi.documents.model import Certainty, Target
from suivi.documents.words.numbers import NumberFound, find_numbers
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop


@dataclass(frozen=True)
class TargetFound:
    """A target, the words it was read from, how sure and why."""

    target: Target
    words: str
    certainty: Certainty
    why: str


_DEFINITE = re.compile(
    r"(?:\b(?:the|these|those|its|their|our|all|both|each of|every|les|ces|ses|leurs|nos|des|aux|tous|"
    r"toutes|chacun|chaque|"
    r"los|las|estos|estas|esos|esas|sus|nuestros|todos|todas|ambos|cada|al|del|of the|article|articles|"
    r"articulo|articulos|"
    r"paragraph|paragraphe|parrafo|annex|annexe|anexo|phase|fase|step|etape|level|niveau|nivel|chapter|"
    r"chapitre|capitulo|"
    r"convention|conventions|convenio|no|n|nos|number|numero|recommendation|recommandation|recomendacion|"
    r"resolution|resolucion|"
    r"goal|goals|objectif|objetivo|sdg|sdgs|odd|ods|target|cible|meta|output|outputs|outcome|outcomes|"
    r"produit|produits|producto|"
    r"productos|resultat|resultado|pillar|pilier|pilar|axe|eje|action|actions|mesure|mesures|medida|"
    r"medidas|indicator|indicateur|"
    r"version|tier|group|groupe|grupo|covid|agenda|horizon|section|table|tableau|cuadro|figure|page|"
    r"scope|area|axis|session|category|"
    r"categorie|categoria|types?|days?|since|depuis|desde|par|per|l|g|edition|round|within|dans un "
    r"delai de|en un plazo de|"
    r"every|chaque|tous les|cada)|[-–/'’&+#§$€£])\s?$"
)
_AT_LEAST = re.compile(
    r"\b(?:at least|no fewer than|not less than|no less than|a minimum of|minimum|more than|over|up to|"
    r"about|some|an additional|"
    r"additional|a total of|total of|approximately|au moins|au minimum|un minimum de|minimum de|plus de|"
    r"pas moins de|jusqu'a|environ|quelque|"
    r"un total de|al menos|por lo menos|como minimo|un minimo de|minimo|mas de|no menos de|hasta|unos|"
    r"unas|cerca de)\s?$"
)
_NOT_COUNTED = re.compile(
    r"^(?:main |key |core |strategic |priority |principal |grandes? |principaux |principales? |first |"
    r"last |next |following |"
    r"nouvelles |other |autres |premiers |premieres |derniers |dernieres |prochaines? |suivants |"
    r"official |officielles |oficiales |working )?"
    r"(?:pillars?|piliers?|pilar(?:es)?|regions?|regiones|region|objectives?|objectifs?|objetivos?|"
    r"priority|priorities|priorites?|prioridad(?:es)?|"
    r"principles?|principes?|principios?|dimensions?|dimension(?:es)?|levels?|niveaux?|nivel(?:es)?|"
    r"languages?|langues?|idiomas?|"
    r"lenguas?|areas?|domaines?|ambitos?|axes?|axis|ejes?|components?|composantes?|componentes?|years?|"
    r"ans?|annees?|anos?|"
    r"months?|mois|mes(?:es)?|weeks?|semaines?|semanas?|days?|jours?|dias?|hours?|heures?|horas?|"
    r"minutes?|minutos?|phases?|fases?|"
    r"stages?|etapes?|etapas?|times?|fois|veces|vez|sides?|parties|partes|ways?|steps?|themes?|temas?|"
    r"dollars?|of the|of these|"
    r"des|de los|de las|d'entre|biennia|biennium|exercices|bienios|genders?|sexes?|tracks?|percent "
    r"points?|million|"
    r"working days|jours ouvrables|dias laborables|degrees|degres|grados|km|kg|mm|cm|°|st\b|nd\b|rd\b|"
    r"th\b|e\b|er\b|eme\b|o\b|a\b)\b"
)
_REACHED = re.compile(
    r"^(?:[\w-]+ ){0,2}?(?:countries|country|member states|states|constituents|people|persons|workers|"
    r"women|men|girls|boys|youth|teachers|"
    r"participants|officials|staff|offices|schools|enterprises|companies|communities|municipalities|"
    r"provinces|districts|cities|"
    r"institutions|organi[sz]ations|households|families|farmers|students|inspectors|trainers|managers|"
    r"journalists|villages|hectares|towns|sites|ports|islands|factories|workplaces|hospitals|"
    r"pays|etats membres|etats|mandants|personnes|travailleurs|travailleuses|femmes|hommes|jeunes|"
    r"enseignants|fonctionnaires|bureaux|"
    r"ecoles|entreprises|communautes|communes|municipalites|villes|organisations|menages|familles|"
    r"agriculteurs|etudiants|"
    r"inspecteurs|formateurs|cadres|villages|paises|estados miembros|mandantes|personas|trabajadores|"
    r"mujeres|hombres|jovenes|docentes|"
    r"funcionarios|oficinas|escuelas|empresas|comunidades|municipios|ciudades|instituciones|"
    r"organizaciones|hogares|familias|"
    r"agricultores|estudiantes|inspectores|formadores|provincias|distritos|hectareas)\b"
)
_PER_CENT = re.compile(r"^\s{0,2}(?:%|per\s?cent\b|pour\s?cent\b|por\s?ciento\b|p\.\s?100)", re.IGNORECASE)
_MONEY = re.compile(r"(?:US\$|\$|€|£|USD|EUR|CHF|dollars?)\s{0,2}$")
_RANGE_END = re.compile(r"^\s{0,2}(?:[-–]|to|à|a|y|and|et|or|ou|o)\s{0,2}$")
_NOUN = re.compile(r"\s{0,2}((?:[^\W\d_][\w’'-]*)(?:\s[^\W\d_][\w’'-]*){0,5})")
_OF = re.compile(r"^\s{1,2}(?:de\s|d['’])", re.IGNORECASE)  # "une centaine de guides", "una docena de guías"
_UNIT_ENDS = re.compile(
    r"\s(?:are|is|will|have|has|were|was|in|on|for|to|by|with|from|at|per|held|including|that|which|"
    r"sont|est|seront|sera|ont|a|dans|sur|pour|par|avec|en|au|aux|auprès|faisant|qui|dont|visant|"
    r"son|serán|se|ha|han|en|sobre|para|por|con|que)\b.*$",
    re.IGNORECASE,
)
_LEADING_WORDS = 5
_SCOPE_BEFORE = re.compile(
    r"\b(?:in|into|across|among|between|within|under|from|with|for|on|at|to|via|through|against|"
    r"dans|parmi|entre|sous|avec|pour|sur|chez|selon|a|en|bajo|con|para|sobre|ante|desde|segun)\b"
)
# "Se capacita a 80 docentes", "Formar a 30 guías": the "a" before people who are reached.
_PERSONAL_A = re.compile(r"^(?:se \w+(?: \w+)?|\w+[aei]r) a$")
_FALSE_FRIENDS = {"fr": re.compile(r"stages?\b")}  # courses, where English counts stages
_VERB_BEFORE = re.compile(
    r"\b(?:is|are|was|were|will|has|have|been|be|est|sera|seront|ont|son|ser[aá]n?|han|est[aá]n?)\b"
)


def find_target(sentence: str, language: str) -> TargetFound | None:
    """The count to reach that a sentence states, None where it states none."""
    numbers = [
        number for number in find_numbers(sentence[:1500], language) if _may_count(number, sentence, language)
    ]
    for number in numbers:
        found = _as_target(number, sentence, language)
        if found:
            return found
    return None


def _may_count(number: NumberFound, sentence: str, language: str) -> bool:  # noqa: PLR0911  one line per reason against
    if number.value <= 1 and number.in_words:
        return False
    before, after = sentence[: number.start], sentence[number.end :]
    figures = sentence[number.start : number.end]
    if not number.in_words and (
        re.search(r"[A-Za-z._/-]$", before) or re.match(r"[/–-]\s?\d|[A-Za-z]|[.,]\d|\)", after)
    ):
        return False
    if not number.in_words and re.fullmatch(r"(?:19|20)\d\d", figures) and not _PER_CENT.match(after):
        return False
    if number.in_words and after.startswith(("-", "‑")):
        return False
    folded_before = fold(before[-40:]) + (" " if before[-1:].isspace() else "")
    if number.in_words and language == "fr" and fold(figures) == "cent" and folded_before.endswith("pour "):
        return False
    if _PER_CENT.match(after):
        return not re.search(r"\b(?:of the|des|de los) $", folded_before)
    counted = fold(after[:60])
    is_friend = language in _FALSE_FRIENDS and _FALSE_FRIENDS[language].match(counted)
    return not _DEFINITE.search(folded_before) and bool(is_friend or not _NOT_COUNTED.match(counted))


def _as_target(number: NumberFound, sentence: str, language: str) -> TargetFound | None:  # noqa: PLR0911  one line per form
    before, after = sentence[: number.start], sentence[number.end :]
    words = sentence[number.start : number.end + 60].strip()
    if match := _PER_CENT.match(after):
        target = Target.of(number.value, "per cent", language)
        return TargetFound(
            target,
            sentence[number.start : number.end + match.end()],
            Certainty.CONCLUDED,
            gettext_noop("a share to reach"),
        )
    if re.match(r"\s*[-–]?\s*$", after) or (_MONEY.search(before)):
        return None
    unit = _unit(after)
    if not unit:
        return None
    folded = fold(before)
    is_least = bool(_AT_LEAST.search(folded + " "))
    lead = _AT_LEAST.sub("", folded + " ").strip()
    if _leads(lead) or (language == "es" and _PERSONAL_A.match(lead)):
        certainty = Certainty.STATED if not lead or is_least else Certainty.CONCLUDED
        return TargetFound(
            Target.of(number.value, unit, language),
            words,
            certainty,
            gettext_noop("a count that leads the sentence"),
        )
    if is_least:
        return TargetFound(
            Target.of(number.value, unit, language),
            words,
            Certainty.CONCLUDED,
            gettext_noop("a count behind “at least”"),
        )
    if _REACHED.match(fold(after[:80])):
        return TargetFound(
            Target.of(number.value, unit, language),
            words,
            Certainty.GUESSED,
            gettext_noop("a count of who or what is reached"),
        )
    return None


def _leads(lead: str) -> bool:
    """Whether nothing, or only a verb or noun of delivering, stands before the count."""
    if not lead:
        return True
    words = lead.split()
    return (
        len(words) <= _LEADING_WORDS and not _SCOPE_BEFORE.search(lead) and not lead.endswith((",", ";", ":"))
    )


_PLURALS = frozenset(str.split("people women men children staff youth personnel data media criteria sheep"))
_VERB_ENDS = re.compile(r"(?:(?<!m)ent|[^iió]an|[^i]en|aron|ieron|án|én)$", re.IGNORECASE)


def _unit(after: str) -> str:
    """What is counted, as far as it can be told from the verb that follows.

    In English the first plural closes the name, with what "of" adds; in French and Spanish adjectives
    follow, up to a word that ends like a verb.
    """
    match = _NOUN.match(_OF.sub(" ", after))
    if not match:
        return ""
    words = _UNIT_ENDS.sub("", f" {match.group(1)} ").split()
    kept: list[str] = []
    for at, word in enumerate(words):
        if at and _VERB_ENDS.search(word) and word.lower() not in _PLURALS:
            break
        kept.append(word)
        closes = word.lower() in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "us", "is")))
        following = words[at + 1].lower() if at + 1 < len(words) else ""
        if closes and following and not _goes_with(word, following):
            break
    return " ".join(kept)


def _goes_with(head: str, following: str) -> bool:
    """Whether the next word still belongs to the name: "of", "de", or an adjective in the plural."""
    if following in {"of", "de", "du", "des", "d", "del"} or following.startswith(("d'", "d’")):
        return True
    return following.endswith(("s", "x")) and not following.endswith("ss") and head.lower() not in _PLURALS


_COLUMN_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")


def target_of_column(words: str, unit: str, language: str) -> Target | None:
    """The target in a target column ("10", "at least 12 countries", "80 %"); None without a number."""
    numbers = [n for n in find_numbers(words, language) if n.value or not n.in_words]
    usable = [
        n for n in numbers if n.in_words or not re.fullmatch(r"(?:19|20)\d\d", words[n.start : n.end])
    ] or numbers
    if not usable:
        return None
    number = usable[0]
    after = words[number.end :]
    if _PER_CENT.match(after):
        return Target.of(number.value, "per cent", language)
    rest = after.strip(" .;,()")
    return Target.of(number.value, unit or rest, language)
