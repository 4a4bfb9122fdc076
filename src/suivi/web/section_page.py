"""The page on which a section is written: the words, the original beside, the figures, a preview."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from suivi.reporting.material import Material
from suivi.reporting.models import PaperSection, SectionVersion
from suivi.reporting.outline import PILLARS
from suivi.reporting.preview import preview_of
from suivi.reporting.queries import InLanguage, SectionOnDay
from suivi.reporting.quoted import Figures
from suivi.reporting.sentences import language_name
from suivi.values.wording_diff import diff_words
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.paper_sections import AssignForm, WriteForm
from suivi.web.paper_marks import section_tag
from suivi.web.papers_page import PaperPage

_VERSIONS_SHOWN = 10


class SectionPage:
    """One section of a paper in one language, as it stands now."""

    def __init__(self, page: PaperPage, key: str, language: str) -> None:
        self.page, self.paper, self.request = page, page.paper, page.request
        self.found = _found(page, key)
        if language not in dict(settings.LANGUAGES):
            raise Http404(_("Papers are not written in this language."))
        self.language = language

    @property
    def section(self) -> PaperSection:
        section = self.found.section
        section.paper = self.paper
        return section

    @property
    def here(self) -> InLanguage:
        return self.found.in_language(self.language)

    @property
    def version(self) -> SectionVersion | None:
        return self.here.version

    @property
    def is_original(self) -> bool:
        return self.language == self.paper.original_language

    @property
    def may_write(self) -> bool:
        rights = self.page.papers.rights
        may_now = self.page.is_open if self.is_original else self.page.takes_translations
        return may_now and rights.writes(self.found.section, self.language, self.paper.original_language)

    @property
    def may_clear(self) -> bool:
        """Whether the reader clears what stands there: not their own words, and not what is cleared."""
        version = self.version
        if version is None or not version.text or version.cleared_at or not self.page.takes_translations:
            return False
        is_own = version.written_by_id == getattr(self.request.user, "pk", None)
        return self.page.papers.rights.clears(self.found.section) and not is_own

    @property
    def may_assign(self) -> bool:
        return self.page.is_open and self.page.papers.rights.manages

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.paper, self.request.today)

    def form(self, data: Any = None) -> WriteForm:
        return WriteForm(data, self.section, self.language, self.version)

    def refused(self, form: CommandForm) -> dict[str, Any]:
        """The page after something was refused: the words that were typed stay in the form."""
        if isinstance(form, WriteForm):
            return self.context(form)
        shown = self.context(self.form()) | {"refused": form}
        return shown | {"assign": form} if isinstance(form, AssignForm) else shown

    def context(self, form: WriteForm, *, is_preview: bool = False) -> dict[str, Any]:
        """The page with the form as it is; a preview is made of what stands in the form."""
        text = form["text"].value() or ""
        original = self.found.original.version
        return self.page.papers.base() | {
            "paper": self.paper,
            "one": self.found,
            "language": self.language,
            "language_name": language_name(self.language),
            "languages": [
                (one.language, language_name(one.language), section_tag(one.state))
                for one in self.found.languages
            ],
            "is_original": self.is_original,
            "original": original,
            "original_html": self._html(original.text, original.language) if original else "",
            "version": self.version,
            "state_tag": section_tag(self.here.state),
            "changed": self.here.changed,
            "form": form,
            "meanwhile": form.meanwhile,
            "pieces": diff_words(form.meanwhile.text, text) if form.meanwhile else [],
            "preview": self._html(text, self.language),
            "is_preview": is_preview,
            "figure_groups": self._figures(),
            "unknown": self.figures.unknown_in(text, self.language),
            "may_write": self.may_write,
            "may_clear": self.may_clear,
            "may_assign": self.may_assign,
            "assign": AssignForm(None, self.section),
            "examples": self.section.examples.filter(dropped_at=None).count(),
            "takes_examples": self.found.part.place == "body",
            "history": self._history(),
        }

    def _html(self, text: str, language: str) -> str:
        if not text.strip():
            return ""
        is_numbered = self.found.part.place == "body"
        html = preview_of(self.figures, text, language, numbered=is_numbered)
        return mark_safe(html)  # noqa: S308  written by render, which escapes every text

    def _figures(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """The figures that can be quoted, in groups: name, what it says now, what it is."""
        material, figures = self.figures.of(self.language)
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for figure in figures.values():
            line = (figure.name, figure.words(material.typography), figure.about)
            groups.setdefault(self._group(figure.name, material), []).append(line)
        return list(groups.items())

    def _group(self, name: str, material: Material) -> str:
        if name.startswith(PILLARS):
            return f"{material.level('pillar')} {name.removeprefix(PILLARS).partition('.')[0]}"
        return _("Counted or measured") if name.startswith("d:") else _("The plan as a whole")

    def _history(self) -> list[SectionVersion]:
        rows = self.section.versions.filter(language=self.language).select_related("written_by", "cleared_by")
        return list(rows.order_by("-written_at", "-pk")[:_VERSIONS_SHOWN])


def _found(page: PaperPage, key: str) -> SectionOnDay:
    for found in page.sections:
        if found.section.key == key:
            return found
    raise Http404(_("This paper has no such section."))
