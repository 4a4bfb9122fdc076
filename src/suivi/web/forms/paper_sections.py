"""Forms about one section of a paper: writing it, clearing it, who does so, its examples."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from suivi.core.models import Account
from suivi.monitoring.models import ProgressUpdate, Voice
from suivi.reporting.commands import (
    assign_section,
    choose_example,
    clear_section,
    drop_example,
    write_section,
)
from suivi.reporting.commands.sections import latest_version
from suivi.reporting.models import PaperSection, SectionVersion
from suivi.values.errors import ChangedMeanwhile
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import day_field, person_field


class WriteForm(CommandForm):
    """The words of a section in one language. `over` is the version that stood there when it was opened."""

    text = forms.CharField(
        label=gettext_lazy("Words of the section"),
        required=False,
        strip=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    over = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, data: Any, section: PaperSection, language: str, version: SectionVersion | None
    ) -> None:
        initial = {"text": version.text, "over": version.pk} if version else {}
        super().__init__(data, auto_id="section-%s", initial=initial)
        self.fields["text"].widget.attrs["lang"] = language
        self.section, self.language = section, language
        # What somebody else wrote since the page was opened.
        self.meanwhile: SectionVersion | None = None

    @property
    def over_now(self) -> Any:
        """The version that the next saving replaces: after a conflict the one just shown."""
        return self.meanwhile.pk if self.meanwhile else self["over"].value() or ""

    def carry_out(self, *, by: Account, now: datetime) -> str:
        try:
            write_section(
                by=by,
                now=now,
                section=self.section,
                language=self.language,
                text=self.cleaned_data["text"].replace("\r\n", "\n"),
                over=self.cleaned_data["over"],
            )
        except ChangedMeanwhile:
            self.meanwhile = latest_version(self.section, self.language)
            raise
        return gettext("Saved.")


class ClearForm(CommandForm):
    """Let the words that were read go."""

    version = forms.IntegerField()

    def __init__(self, data: Any, section: PaperSection, language: str) -> None:
        super().__init__(data)
        self.section, self.language = section, language

    def carry_out(self, *, by: Account, now: datetime) -> str:
        version = self.cleaned_data["version"]
        clear_section(by=by, now=now, section=self.section, language=self.language, version=version)
        return gettext("Cleared. What its figures say today is kept with it.")


class AssignForm(CommandForm):
    """Who writes a section and who clears it, and by when."""

    writer = person_field(gettext_lazy("Writes it"))
    write_by = day_field(gettext_lazy("To be written by"), required=False)
    clearer = person_field(gettext_lazy("Clears it"))
    clear_by = day_field(gettext_lazy("To be cleared by"), required=False)

    def __init__(self, data: Any, section: PaperSection) -> None:
        names = ("writer", "write_by", "clearer", "clear_by")
        initial = {name: getattr(section, name) for name in names}
        super().__init__(data, auto_id="assign-%s", initial=initial)
        self.section = section

    def carry_out(self, *, by: Account, now: datetime) -> str:
        assign_section(by=by, now=now, section=self.section, **self.cleaned_data)
        return gettext("Saved.")


class ExampleForm(CommandForm):
    """Take an update or a statement into a section, or an example out of it."""

    update = forms.UUIDField(required=False)
    voice = forms.IntegerField(required=False)
    example = forms.IntegerField(required=False)

    def __init__(self, data: Any, section: PaperSection) -> None:
        super().__init__(data)
        self.section = section

    def clean_update(self) -> ProgressUpdate | None:
        key = self.cleaned_data["update"]
        return ProgressUpdate.objects.filter(plan=self.section.paper.plan, key=key).first() if key else None

    def clean_voice(self) -> Voice | None:
        pk = self.cleaned_data["voice"]
        rows = Voice.objects.select_related("invitation__deliverable")
        return rows.filter(invitation__deliverable__plan=self.section.paper.plan, pk=pk).first()

    def carry_out(self, *, by: Account, now: datetime) -> str:
        if pk := self.cleaned_data["example"]:
            example = self.section.examples.filter(pk=pk).select_related("section__paper__plan").first()
            if example is None:
                raise forms.ValidationError(gettext("This example is not in the section."))
            drop_example(by=by, now=now, example=example)
            return gettext("The example was taken out.")
        update, voice = self.cleaned_data["update"], self.cleaned_data["voice"]
        if (update is None) == (voice is None):
            raise forms.ValidationError(gettext("Choose an update or a statement of the list."))
        choose_example(by=by, now=now, section=self.section, update=update, voice=voice)
        return gettext("The example stands in the section.")
