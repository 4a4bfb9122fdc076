"""The forms of a paper's words: a file from Word, a translation, what to take of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from suivi.core.commands import path_of
from suivi.core.models import Account, StoredFile
from suivi.findings import Severity, worst
from suivi.render.translation import read_job
from suivi.reporting.commands.returned import take_returned
from suivi.reporting.commands.translations import TranslationTaken, take_translation
from suivi.reporting.models import Origin, Paper
from suivi.reporting.returned import Returned, look_at_returned
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.fields import LimitedFileField
from suivi.web.sentences import sentence


class ReturnedForm(forms.Form):
    """A paper that was finished in Word."""

    file = LimitedFileField(
        megabytes=32,
        label=_("Word file"),
        help_text=_("The DOCX of this paper as it came back, with or without tracked changes."),
        widget=forms.FileInput(attrs={"accept": ".docx", "class": "drop"}),
    )

    def content(self) -> bytes:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return bytes(file.read())


class TakeForm(CommandForm):
    """Which changes of a kept file to take."""

    file = forms.CharField(widget=forms.HiddenInput)
    take = forms.TypedMultipleChoiceField(coerce=int, label=_("Changes"), choices=())

    def __init__(self, data: Any, paper: Paper) -> None:
        super().__init__(data)
        self.returned = returned_of(paper, path_of(_stored(data.get("file", "")).sha256).read_bytes())
        numbers = [change.number for change in self.returned.found.offered]
        self.fields["take"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]

    def carry_out(self, *, by: Account, now: datetime) -> str:
        taken = take_returned(by=by, now=now, returned=self.returned, numbers=self.cleaned_data["take"])
        made = len(taken.made)
        said = ngettext("%(n)s change was taken.", "%(n)s changes were taken.", made) % {"n": made}
        already = len(taken.already)
        if already:
            there = ngettext("%(n)s was there already.", "%(n)s were there already.", already)
            said += " " + there % {"n": already}
        overtaken = len(taken.overtaken)
        if overtaken:
            left = ngettext(
                "%(n)s was not taken: its paragraph was rewritten meanwhile.",
                "%(n)s were not taken: their paragraphs were rewritten meanwhile.",
                overtaken,
            )
            said += " " + left % {"n": overtaken}
        return said


class TranslationForm(CommandForm):
    """A translation that came back."""

    file = LimitedFileField(
        megabytes=32,
        label=_("Translated file"),
        help_text=_("The XLIFF or DOCX that was given out here, translated."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.docx", "class": "drop"}),
    )
    outdated = forms.BooleanField(
        label=_("Take sections also where the original was changed since"), required=False
    )

    def __init__(self, data: Any, files: Any, paper: Paper) -> None:
        super().__init__(data, files)
        self.paper = paper

    def carry_out(self, *, by: Account, now: datetime) -> str:
        data = self.cleaned_data["file"].read()
        taken = take_translation(
            by=by,
            now=now,
            paper=self.paper,
            job=read_job(data),
            origin=Origin.WORD if data.startswith(b"PK") else Origin.XLIFF,
            outdated=self.cleaned_data["outdated"],
        )
        if worst(taken.findings) is Severity.ERROR:
            for finding in taken.findings:
                self.add_error(None, f"{sentence(finding.message)} {sentence(finding.hint)}".strip())
            return ""
        return " ".join(_said_of(taken))


def _said_of(taken: TranslationTaken) -> Iterator[str]:
    """What came of a translation, in sentences."""
    count = len(taken.versions)
    if count:
        yield ngettext("%(n)s section was taken.", "%(n)s sections were taken.", count) % {"n": count}
    else:
        yield gettext("Nothing was changed: the file says nothing that does not stand in the paper.")
    left = (
        (taken.already, ngettext_lazy("%(n)s was there already.", "%(n)s were there already.", "n")),
        (taken.untranslated, ngettext_lazy("%(n)s is not translated.", "%(n)s are not translated.", "n")),
        (
            taken.outdated,
            ngettext_lazy(
                "%(n)s came back with its outdated translation.",
                "%(n)s came back with their outdated translations.",
                "n",
            ),
        ),
    )
    yield from (str(said % {"n": len(sections)}) for sections, said in left if sections)


def returned_of(paper: Paper, data: bytes) -> Returned:
    """What came back in a file of this paper. Raises InputRefused for the file of another one."""
    returned = look_at_returned(data)
    if returned.asked.paper != paper:
        raise InputRefused(
            gettext_noop("The file was not made from this paper."),
            hint=gettext_noop("Give it on the page of its own paper."),
        )
    return returned


def _stored(sha256: str) -> StoredFile:
    found = StoredFile.objects.filter(sha256=sha256, withdrawn_at__isnull=True).first()
    if found is None:
        raise InputRefused(
            gettext_noop("The file is not there any more."), hint=gettext_noop("Give it once more.")
        )
    return found
