"""Forms about a paper as a whole: starting it, its facts and days, freezing, issuing, revising."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from suivi.core.models import Account
from suivi.plan.models import Plan
from suivi.reporting.commands import (
    change_paper,
    freeze_paper,
    revise_paper,
    start_paper,
    thaw_paper,
)
from suivi.reporting.commands.issuing import ask_to_issue
from suivi.reporting.commands.life import last_day_to_freeze
from suivi.reporting.kinds import KINDS
from suivi.reporting.models import Paper, PaperPurpose, Revision
from suivi.reporting.outline import WRITTEN_KINDS
from suivi.reporting.rules import STEP_WORDS, Step
from suivi.values.text import Text
from suivi.web.days import long_day
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import TextFields, day_field

_FACTS = ("purpose", "symbol", "session", "section", "session_opens_on", "dated_on")


class FactsForm(CommandForm):
    """What the cover of a paper says."""

    purpose = forms.ChoiceField(label=gettext_lazy("Submitted"), choices=PaperPurpose.choices)
    symbol = forms.CharField(
        label=gettext_lazy("Symbol"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Known before the paper is issued, or left empty until then."),
    )
    session = forms.CharField(label=gettext_lazy("Session"), max_length=80, required=False)
    section = forms.CharField(label=gettext_lazy("Section of the agenda"), max_length=80, required=False)
    session_opens_on = day_field(
        gettext_lazy("The session opens on"),
        gettext_lazy("The days of the calendar are counted back from it."),
        required=False,
    )
    dated_on = day_field(gettext_lazy("Date of the paper"), required=False)

    def facts(self, by: Account, now: datetime) -> dict[str, Any]:
        """The fields of the paper as they were filled in."""
        texts = {"title": self.title.text(by, now), "body": self.body.text(by, now)}
        return texts | {name: self.cleaned_data[name] for name in _FACTS}

    def offer_texts(self, title: Text | None, body: Text | None) -> None:
        self.title = TextFields(self, "title", gettext("Title of the paper"), title)
        self.body = TextFields(self, "body", gettext("Governing body"), body)


class StartForm(FactsForm):
    """A new paper."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"))
    key = forms.SlugField(
        label=gettext_lazy("Short name for addresses"),
        max_length=80,
        help_text=gettext_lazy("Small letters, digits and hyphens, such as review-2023."),
    )
    original_language = forms.ChoiceField(
        label=gettext_lazy("Original language"), choices=lambda: settings.LANGUAGES
    )

    def __init__(self, data: Any, plan: Plan, body: str, language: str) -> None:
        super().__init__(data, auto_id="paper-%s", initial={"original_language": language})
        kinds = [(key, KINDS[key].name) for key in WRITTEN_KINDS if not KINDS[key].follows]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.plan = plan
        self.offer_texts(None, None)
        self.initial[self.body.first.name] = body

    def carry_out(self, *, by: Account, now: datetime) -> str:
        names = ("kind", "key", "original_language")
        given = {name: self.cleaned_data[name] for name in names}
        start_paper(by=by, now=now, plan=self.plan, **given, **self.facts(by, now))
        return gettext("The paper is started: its sections wait for their writers.")


class ChangeForm(FactsForm):
    """The facts of a paper, and the days of its calendar that are otherwise than counted."""

    def __init__(self, data: Any, paper: Paper) -> None:
        super().__init__(data, auto_id="paper-%s", initial={name: getattr(paper, name) for name in _FACTS})
        self.paper = paper
        self.offer_texts(paper.title or None, paper.body or None)
        for step in self.steps:
            self.fields[f"day_{step}"] = day_field(STEP_WORDS[step], required=False)
            self.initial[f"day_{step}"] = paper.days.get(step)

    @property
    def steps(self) -> list[Step]:
        """The steps whose day can be set; the session opens when it opens."""
        return [step for step in Step if step is not Step.OPENS]

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{step}"] for step in self.steps]

    def carry_out(self, *, by: Account, now: datetime) -> str:
        given = {step: self.cleaned_data[f"day_{step}"] for step in self.steps}
        days = {step: day for step, day in given.items() if day}
        change_paper(by=by, now=now, paper=self.paper, days=days, **self.facts(by, now))
        return gettext("Saved.")


class FreezeForm(CommandForm):
    """The two days as of which a paper stands still."""

    up_to = day_field(gettext_lazy("Speaks of the time up to"))
    as_of = day_field(gettext_lazy("As the record knew it on"))

    def __init__(self, data: Any, paper: Paper, today: date) -> None:
        last = last_day_to_freeze(today)
        super().__init__(data, auto_id="freeze-%s", initial={"up_to": last, "as_of": last})
        days = {"today": long_day(today), "last": long_day(last)}
        self.fields["as_of"].help_text = (
            gettext("At the latest %(last)s: more can still come into the record of today, %(today)s.") % days
        )
        for field in self.fields.values():
            field.widget.attrs["max"] = last.isoformat()
        self.paper = paper

    def carry_out(self, *, by: Account, now: datetime) -> str:
        freeze_paper(by=by, now=now, paper=self.paper, **self.cleaned_data)
        return gettext("The paper is frozen. It can still be translated and cleared.")


class ThawForm(CommandForm):
    """Let a frozen paper follow the data again."""

    def __init__(self, data: Any, paper: Paper) -> None:
        super().__init__(data)
        self.paper = paper

    def carry_out(self, *, by: Account, now: datetime) -> str:
        thaw_paper(by=by, now=now, paper=self.paper)
        return gettext("The paper follows the data again and can be written in.")


class IssueForm(CommandForm):
    """Symbol, date and release of a paper."""

    symbol = forms.CharField(label=gettext_lazy("Symbol"), max_length=60)
    dated_on = day_field(gettext_lazy("Date of the paper"))
    release_on = day_field(gettext_lazy("Public from"), gettext_lazy("Nothing of it is public before."))
    release_time = forms.TimeField(
        label=gettext_lazy("Time of day"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, data: Any, paper: Paper, today: date) -> None:
        initial = {
            "symbol": paper.symbol,
            "dated_on": paper.dated_on or today,
            "release_on": today,
            "release_time": "12:00",
        }
        super().__init__(data, auto_id="issue-%s", initial=initial)
        self.paper = paper

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = self.cleaned_data
        release_at = datetime.combine(
            said["release_on"], said["release_time"], tzinfo=timezone.get_default_timezone()
        )
        ask_to_issue(
            by=by,
            now=now,
            paper=self.paper,
            symbol=said["symbol"],
            dated_on=said["dated_on"],
            release_at=release_at,
        )
        return gettext("The files are being made. When all are there, the paper is issued.")


class ReviseForm(CommandForm):
    """Begin what follows an issued paper."""

    revision = forms.ChoiceField(label=gettext_lazy("What is made"), choices=Revision.choices)

    def __init__(self, data: Any, paper: Paper) -> None:
        super().__init__(data, auto_id="revise-%s")
        self.paper = paper
        self.made: Paper | None = None

    def carry_out(self, *, by: Account, now: datetime) -> str:
        revision = self.cleaned_data["revision"]
        self.made = revise_paper(by=by, now=now, paper=self.paper, revision=revision)
        return gettext("%(symbol)s is started.") % {"symbol": self.made.symbol}
