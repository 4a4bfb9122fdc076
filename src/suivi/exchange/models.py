from django.db import models
from django.utils.translation import gettext_lazy as _

from suivi.core.models import Account, StoredFile
from suivi.plan.models import Edition


class ImportDraft(models.Model):
    """A document that was read and is looked at, corrected row by row, and loaded or left."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="import_drafts")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    read_at = models.DateTimeField()
    plan_file = models.TextField()  # the reading as plan.yaml, with the corrections made since
    findings = models.JSONField(default=list)
    lines = models.JSONField(default=list)  # every line of the source with what became of it
    sources = models.JSONField(default=dict)  # row key -> field -> where it comes from, how sure
    corrections = models.PositiveIntegerField(default=0)
    loaded_as = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="import_drafts"
    )

    class Meta:
        verbose_name = _("import")
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return self.file_name
