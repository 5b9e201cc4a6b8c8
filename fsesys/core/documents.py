"""Documents of a case: what came in, what we issued, its rendered bytes and its signatures.

A document row is frozen when it is written; the PDF is rendered after commit from the frozen
context into a Rendering row, never again from today's data.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import guards

IN, OUT, INTERNAL = "in", "out", "internal"
DIRECTIONS = {IN: _("received"), OUT: _("sent"), INTERNAL: _("internal")}
CHANNELS = {
    "mail": _("mail"),
    "digital-post": _("Digital Post"),
    "post": _("post"),
    "phone": _("phone"),
    "portal": _("portal"),
    "internal": _("internal"),
}
LANGUAGES = (("da", "Dansk"), ("en", "English"))
KINDS = {
    "application": _("application"),
    "annex": _("annex"),
    "letter": _("letter"),
    "answer": _("answer"),
    "signed-agreement": _("signed agreement"),
    "other": _("other"),
}


class Document(models.Model):
    """Number, kind and frozen content. Incoming ones have a file, issued ones a context."""

    case = models.ForeignKey("core.Case", models.PROTECT, related_name="documents")
    event = models.ForeignKey("core.ProcessEvent", models.PROTECT, related_name="documents")
    number = models.CharField(_("document number"), max_length=20, unique=True)
    direction = models.CharField(max_length=10, choices=list(DIRECTIONS.items()))
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    channel = models.CharField(_("channel"), max_length=20, choices=list(CHANNELS.items()))
    sender = models.CharField(_("from"), max_length=200, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="da")
    template = models.CharField(max_length=60, blank=True)
    template_version = models.CharField(max_length=64, blank=True)
    context = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey("core.File", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["-registered_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) | ~models.Q(template=""),
                name="document_has_file_or_template",
            ),
            models.UniqueConstraint(
                fields=["case", "file"],
                condition=models.Q(file__isnull=False),
                name="same_file_once_per_case",
            ),
        ]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.number} {self.title}"


class Rendering(models.Model):
    """The PDF of an issued document, stored once."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="rendering")
    file = models.ForeignKey("core.File", models.PROTECT, related_name="+")
    rendered_at = models.DateTimeField()
    seconds = models.FloatField()

    class Meta:
        triggers = [guards.append_only()]

    def __str__(self):
        return str(self.document)


class Notice(models.Model):
    """A mail that is to leave: the outbox. `message_id` is fixed before the first attempt."""

    case = models.ForeignKey("core.Case", models.PROTECT, related_name="notices", null=True)
    event = models.ForeignKey("core.ProcessEvent", models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="notices")
    to_name = models.CharField(max_length=200)
    to_mail = models.EmailField()
    subject = models.CharField(max_length=250)
    body = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)
    queued_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    undeliverable_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["queued_at"], condition=models.Q(sent_at=None), name="notice_outbox"
            )
        ]
        triggers = [
            guards.frozen("to_mail", "subject", "body", "message_id", "document_id"),
            guards.no_delete(),
        ]

    def __str__(self):
        return f"{self.subject} -> {self.to_mail}"


class SignatureRows(models.QuerySet):
    def standing(self):
        """Those that were neither undone nor corrected."""
        return self.filter(voided_event__isnull=True)


class Signature(models.Model):
    """A signed copy registered: by whom signed, on which road it came back, who registered it."""

    ROADS = {
        "digital": _("digitally signed PDF"),
        "scan": _("scanned copy"),
        "elsewhere": _("signed elsewhere"),
    }
    SIDES = {"us": _("Statistics Denmark"), "them": _("the institution")}

    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=4, choices=list(SIDES.items()))
    road = models.CharField(_("road"), max_length=10, choices=list(ROADS.items()))
    copy = models.ForeignKey(Document, models.PROTECT, related_name="shows")
    signer = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    signed_on = models.DateField(_("signed on"))
    findings = models.JSONField(default=dict)
    registered_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey("core.ProcessEvent", models.PROTECT, related_name="+")
    voided_event = models.ForeignKey(
        "core.ProcessEvent", models.PROTECT, null=True, related_name="+"
    )

    objects = SignatureRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "side"],
                condition=models.Q(voided_event__isnull=True),
                name="one_signature_per_side",
            ),
            models.CheckConstraint(
                condition=~models.Q(road="elsewhere")
                | (
                    models.Q(confirmed_by__isnull=False)
                    & ~models.Q(confirmed_by=models.F("registered_by"))
                ),
                name="signed_elsewhere_needs_two_people",
            ),
        ]
        triggers = [
            guards.write_once("voided_event_id", name="void_only"), guards.no_delete(),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.document}: {self.side}"
