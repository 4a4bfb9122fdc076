from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A person who signs in. What the person may do stands in the roles granted in `organisation`."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True, blank=True)
    # The visit before this one: "what changed since you were last here" counts from it.
    previous_visit_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("account")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StoredFile(models.Model):
    """A file kept once by its SHA-256 under SUIVI_FILES_DIR; rows that use it carry the name it came with."""

    sha256 = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
    # From then on the bytes are gone, here and in later backups, and may not be stored again.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("stored file")

    def __str__(self) -> str:
        return self.sha256[:12]


class AuditEntry(models.Model):
    """One line of the trail: who did what to which thing, when, in words that do not change later."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)  # the name of the command, e.g. "assign_unit"
    plan_slug = models.CharField(max_length=80, blank=True)
    object_kind = models.CharField(max_length=60)
    object_key = models.CharField(max_length=200)
    object_label = models.CharField(max_length=300)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit entry")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["plan_slug", "-at"], name="audit_by_plan"),
            models.Index(fields=["object_kind", "object_key"], name="audit_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.verb} {self.object_label}"


class RecordedQuerySet(models.QuerySet[Any]):
    def known_at(self, moment: Any) -> Self:
        """Rows that the record held at that moment: written by then and not yet replaced."""
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment), recorded_at__lte=moment
        )

    def current(self) -> Self:
        return self.filter(superseded_at__isnull=True)


class Recorded(models.Model):
    """A row that is never overwritten.

    A change supersedes it and adds another, so any day can be seen again.
    """

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
