"""Forms about evidence: one more file or link in an update, who may see it, the withdrawal of content."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from suivi.core.models import Account
from suivi.monitoring.commands.evidence import add_file, add_link, classify_evidence, withdraw_evidence
from suivi.monitoring.commands.uploads import finish_upload
from suivi.monitoring.models import Evidence, EvidenceClass, ProgressUpdate, Upload
from suivi.monitoring.rules.content import EvidenceSaid
from suivi.web.forms.commands import CommandForm
from suivi.web.forms.content_rows import Choices

_OFFERED = 30


class NewEvidenceForm(forms.Form):
    """A file, a file that came in pieces, a link, or a piece that the unit gave before."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("Large pictures are made smaller before they are sent."),
    )
    upload = forms.UUIDField(required=False, widget=forms.HiddenInput)
    link = forms.URLField(
        label=gettext_lazy("Or a link"), required=False, max_length=2000, assume_scheme="https"
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Left empty, the name of the file or of the site stands for it."),
    )
    classification = forms.ChoiceField(
        label=gettext_lazy("Who may see it"), choices=EvidenceClass, initial=EvidenceClass.INTERNAL
    )
    about = forms.ChoiceField(label=gettext_lazy("Shows"), required=False)
    shows_persons = forms.BooleanField(label=gettext_lazy("Persons can be recognised"), required=False)
    consent = forms.CharField(
        label=gettext_lazy("How they agreed"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Needed where persons can be recognised."),
    )

    def __init__(
        self, data: Any, files: Any, *, update: ProgressUpdate, abouts: Choices, known: Choices
    ) -> None:
        super().__init__(data, files, prefix="evidence-new", auto_id="%s", use_required_attribute=False)
        self.update = update
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)  # noqa: S101
        about.choices = abouts
        if known:
            self.fields["known"] = forms.ChoiceField(
                label=gettext("Or something that the unit gave before"),
                required=False,
                choices=[("", "–"), *known],
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("shows_persons") and not said.get("consent"):
            self.add_error("consent", gettext("Persons can be recognised: say how they agreed."))
        if not any(said.get(name) for name in ("file", "upload", "link", "known")) and not self.errors:
            raise ValidationError(gettext("Choose a file or write a link."))
        return said

    def add(self, *, by: Account, now: datetime) -> EvidenceSaid:
        """Keep the evidence; gives how the update names it."""
        said = self.cleaned_data
        if said.get("known"):
            return EvidenceSaid(said["known"], said["about"])
        return EvidenceSaid(str(self._kept(by, now).key), said["about"])

    def _kept(self, by: Account, now: datetime) -> Evidence:
        said = self.cleaned_data
        given: dict[str, Any] = {
            "by": by,
            "now": now,
            "plan": self.update.plan,
            "unit": self.update.unit,
            "classification": said["classification"],
            "shows_persons": said["shows_persons"],
            "consent": said["consent"],
        }
        if said["upload"]:
            upload = Upload.objects.filter(key=said["upload"], account=by).first()
            if upload is None:
                raise ValidationError(gettext("The file did not arrive. Send it again."))
            return finish_upload(upload=upload, title=said["title"] or upload.file_name, **given)
        if said["file"]:
            name = said["file"].name
            return add_file(title=said["title"] or name, data=said["file"].read(), file_name=name, **given)
        # Not the whole address: it would stand in the audit trail when the link is withdrawn.
        title = said["title"] or (urlsplit(said["link"]).hostname or "")[:300]
        return add_link(title=title, url=said["link"], **given)


class ClassForm(CommandForm):
    """Say anew who may see a piece of evidence, with the reason."""

    classification = forms.ChoiceField(label=gettext_lazy("Who may see it"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, data: Mapping[str, Any] | None, piece: Evidence, offered: Iterable[EvidenceClass]
    ) -> None:
        super().__init__(data, auto_id="class-%s")
        self.piece, choice = piece, self.fields["classification"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [(one.value, one.label) for one in EvidenceClass if one in offered]

    def carry_out(self, *, by: Account, now: datetime) -> str:
        said = self.cleaned_data
        self.piece = classify_evidence(
            by=by, now=now, evidence=self.piece, classification=said["classification"], reason=said["reason"]
        )
        return gettext("It is said anew who may see the evidence. The reason stands in the audit trail.")


class WithdrawForm(CommandForm):
    """Withdraw the content of a piece of evidence, with the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Mapping[str, Any] | None, piece: Evidence) -> None:
        super().__init__(data, auto_id="withdraw-%s")
        self.piece = piece

    def carry_out(self, *, by: Account, now: datetime) -> str:
        withdraw_evidence(by=by, now=now, evidence=self.piece, reason=self.cleaned_data["reason"])
        return gettext("The content was withdrawn. Its digest, your name and the reason stay.")


def given_before(update: ProgressUpdate) -> list[tuple[str, str]]:
    """The last pieces that the unit gave on this plan, by key and title."""
    pieces = Evidence.objects.filter(
        plan=update.plan_id, owner_unit=update.unit_id, withdrawn_at__isnull=True
    )
    return [(str(one.key), one.title) for one in pieces[:_OFFERED]]
