"""What the page of a paper's words shows: the forms, the changes in a file, the findings of the checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from suivi.findings import Finding, Severity
from suivi.render.read_back import Change, How, ReadBack, Refusal
from suivi.reporting.queries import languages_of
from suivi.reporting.sentences import language_name
from suivi.web.forms.paper_words import ReturnedForm, TranslationForm
from suivi.web.papers_page import PaperPage
from suivi.web.sentences import sentence

HOW = {
    How.CHANGED: gettext_lazy("changed"),
    How.ADDED: gettext_lazy("added"),
    How.REMOVED: gettext_lazy("removed"),
}
REFUSED = {
    Refusal.COMPUTED: gettext_lazy("Cannot be taken: these words come from the record."),
    Refusal.FIGURE: gettext_lazy("Cannot be taken: a computed figure in it was altered."),
    Refusal.NOWHERE: gettext_lazy("Cannot be taken: no written section stands beside it."),
}
TAGS = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "info"}


@dataclass(frozen=True)
class ChangeLine:
    """A change in the list, with its words for people."""

    change: Change
    how: str
    place: str
    refusal: str
    authors: str


def change_lines(found: ReadBack) -> list[ChangeLine]:
    """The changes in the order of the file."""
    return [
        ChangeLine(
            change,
            str(HOW[change.how]),
            change.passage.place if change.passage else "–",
            str(REFUSED[change.refusal]) if change.refusal else "",
            _authors(change),
        )
        for change in found.changes
    ]


def _authors(change: Change) -> str:
    """Who tracked what, each once with the day."""
    said = dict.fromkeys(f"{edit.author} {edit.on or ''}".strip() for edit in change.edits)
    if change.has_untracked:
        said[_("not tracked")] = None
    return ", ".join(said)


def words_context(
    page: PaperPage, *, returned: ReturnedForm | None = None, translation: TranslationForm | None = None
) -> dict[str, Any]:
    """The page with its forms; those that were refused in their place."""
    paper = page.paper
    return page.papers.base() | {
        "paper": paper,
        "takes_translations": page.takes_translations,
        "returned": returned or ReturnedForm(),
        "translation": translation or TranslationForm(None, None, paper),
        "others": [(code, language_name(code)) for code in languages_of(paper)[1:]],
        "originals": [(code, language_name(code)) for code in languages_of(paper)],
    }


def finding_lines(found: Mapping[str, Sequence[Finding]]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Language by name to its findings: the tag of the weight, the sentence, what would mend it."""
    return [
        (
            language_name(language) if language else "",
            [(TAGS[one.severity], sentence(one.message), sentence(one.hint)) for one in findings],
        )
        for language, findings in found.items()
    ]
