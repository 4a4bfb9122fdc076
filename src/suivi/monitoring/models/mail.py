"""What leaves the house: mails, and the private addresses of calendars."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from suivi.core.models import Account
from suivi.monitoring.models.rounds import Round
from suivi.monitoring.models.updates import UpdateEvent
from suivi.organisation.models import Unit


class MailKind(models.TextChoices):
    DIGEST = "digest", _("digest")
    RETURNED = "returned", _("an update came back")
    MENTION = "mention", _("mentioned in a thread")
    INVITATION = "invitation", _("invitation of a constituent")


class Mail(models.Model):
    """A mail to send. `message_id` stays the same when it has to be sent again."""

    message_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=MailKind)
    # What makes it one: the same kind, person and subject matter is written once.
    about = models.CharField(max_length=200)
    to_account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="mails"
    )
    to_address = models.EmailField()
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.PROTECT, related_name="mails")
    # The returns that a mail tells of: those that come while it waits go out with it.
    returned = models.ManyToManyField(UpdateEvent, related_name="mails")
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    written_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_failure = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "to_address", "about"], name="mail_is_written_once"),
        ]
        indexes = [
            models.Index(
                fields=["written_at"], condition=Q(sent_at__isnull=True), name="mail_waiting_to_be_sent"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Feed(models.Model):
    """The private address of a calendar: of a person, or of a unit. Only the digest of its token is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="feeds")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="feeds")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")

    def __str__(self) -> str:
        return f"{self.account} {self.unit or ''}".strip()
