"""What the levels of a plan are called, and how numbers are marked that its document does not give."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from suivi.plan.models import Edition, PillarEdition
from suivi.values.text import Text


def level_label(edition: Edition, level: str) -> str:
    """The name of one pillar, action or deliverable in the reader's language."""
    stated = edition.labels.get(level)
    if stated:
        return Text.from_json(stated).shown(get_language() or "en").text
    return {"pillar": _("Pillar"), "action": _("Action"), "deliverable": _("Deliverable")}[level]


def named_by_level(edition: Edition, level: str, number: str) -> str:
    """What stands for a part without words of its own, as a plan in a flat table has them: Pillar 1."""
    return f"{level_label(edition, level)} {number}"


def pillar_line(edition: Edition, row: PillarEdition) -> str:
    """A pillar in one line of plain words, as lists of choices and drawings have it."""
    if not row.title:
        return named_by_level(edition, "pillar", row.number)
    return f"{row.number} {row.title.shown(get_language() or 'en').text}"


def level_labels(edition: Edition) -> dict[str, str]:
    """The names of all three levels."""
    return {level: level_label(edition, level) for level in ("pillar", "action", "deliverable")}


def internal_mark() -> SafeString:
    """What stands beside a number that the document does not give; made once for a page with many rows."""
    explained = _("Internal number: the document itself gives none here.")
    return format_html(' <abbr class="note small" title="{}">{}</abbr>', explained, internal_word())


def internal_word() -> str:
    """The same where only words can stand, as in a drawing."""
    return pgettext("mark of an internal number", "int.")
