"""What the figures say that a written text quotes, on the days of its paper."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import override

from suivi.plan.queries import edition_on
from suivi.render.markdown import figure_names
from suivi.reporting.asked import Asked
from suivi.reporting.material import Material, gather
from suivi.reporting.models import Paper
from suivi.reporting.named_figures import NamedFigure, named_figures
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop


def asked_of(paper: Paper, language: str, today: date) -> Asked:
    """The report of a paper: on its frozen days, or on today while it follows the data."""
    return Asked(
        kind=paper.kind,
        plan=paper.plan,
        up_to=paper.up_to or today,
        as_of=paper.as_of or today,
        language=language,
        since=paper.since,
        paper=paper,
    )


def material_of(paper: Paper, language: str, today: date) -> Material:
    """The facts of a paper. Raises NotFound where the plan was not adopted on its day."""
    asked = asked_of(paper, language, today)
    edition = edition_on(asked.plan, asked.as_of)
    if edition is None:
        raise NotFound(
            gettext_noop("On %(day)s the plan was not adopted yet."), {"day": asked.as_of.isoformat()}
        )
    return gather(asked, edition)


# These are set when the paper is frozen: until then they move every day, and nobody clears them.
OWN_DAYS = ("up-to", "as-of", "since")


class Figures:
    """The named figures of a paper on its days, read once; their words in each language."""

    def __init__(self, paper: Paper, today: date) -> None:
        self.paper, self.today = paper, today
        self._read: dict[str, tuple[Material, dict[str, NamedFigure]]] = {}

    def of(self, language: str) -> tuple[Material, dict[str, NamedFigure]]:
        """The facts and the figures in one language."""
        if language not in self._read:
            with override(language):
                material = material_of(self.paper, language, self.today)
                self._read[language] = material, named_figures(material)
        return self._read[language]

    def said(self, quoted: str, language: str) -> str:
        """The words of one figure as it is quoted (`name` or `name|form`); nothing where there is none."""
        name, _bar, form = quoted.partition("|")
        material, figures = self.of(language)
        return figures[name].words(material.typography, form) if name in figures else ""

    def quoted_in(self, text: str, language: str) -> dict[str, str]:
        """Every figure that a text quotes, with what it says."""
        return {quoted: self.said(quoted, language) for quoted in figure_names(text)}

    def to_keep(self, text: str, language: str) -> dict[str, str]:
        """What is kept of them when the text is cleared: all but the days of the paper itself."""
        said = self.quoted_in(text, language)
        return {quoted: words for quoted, words in said.items() if quoted.partition("|")[0] not in OWN_DAYS}

    def unknown_in(self, text: str, language: str) -> list[str]:
        """The quoted names that are no figure."""
        said: Mapping[str, str] = self.quoted_in(text, language)
        return [quoted for quoted, words in said.items() if not words]
