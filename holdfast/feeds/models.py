"""What did each agency send us, and what became of every row?

A row is kept as received and never changed.  Received = applied + duplicate + superseded +
quarantined, always.
"""

from django.db import models
from django.db.models import Q

from holdfast.kit.refs import new_ref


class Feed(models.Model):
    """One agency's export, by table, and when we next expect to hear from it."""

    name = models.CharField(max_length=80, unique=True, help_text="feed/table: police_custody/custody.")
    label = models.CharField(max_length=120)
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="feeds")
    expected_every = models.DurationField(help_text="After this long without a word it is silent.")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class Delivery(models.Model):
    """One file as it reached us."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="deliveries")
    path = models.CharField(max_length=240, help_text="Folder and file name as sent.")
    sha256 = models.CharField(max_length=64)
    la_code = models.CharField(max_length=9, blank=True)
    drop_on = models.DateField(help_text="The day the sender's job ran.")
    arrived_at = models.DateTimeField(help_text="When it reached us.")
    encoding = models.CharField(max_length=20, blank=True)
    header = models.TextField(blank=True, help_text="The column names as sent.")
    declared_rows = models.PositiveIntegerField(null=True, help_text="How many the sender says it put in.")
    is_history = models.BooleanField(default=False, help_text="Replayed: its moments are history.")
    by = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("path", "sha256", name="feeds_same_file_once")]
        indexes = [models.Index(fields=["feed", "-arrived_at"])]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return self.path


class SenderKey(models.Model):
    """One sender's leave to send rows of one feed by HTTP.  The secret itself is kept nowhere."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="keys")
    la_code = models.CharField(
        max_length=9, blank=True, help_text="Whose rows, where each authority sends its own."
    )
    label = models.CharField(max_length=120, help_text="Who holds it, and which system.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret.")
    made_by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_by = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["revoked_at", "-made_at"]
        constraints = [
            models.CheckConstraint(
                name="feeds_key_revoked_by_somebody",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.label


class Pace(models.Model):
    """Until when a key's requests and rows are paid for.  Apart from the key, so that a flood of requests
    never keeps anybody from stopping it."""

    key = models.OneToOneField(SenderKey, models.CASCADE, primary_key=True)
    requests_until = models.DateTimeField()
    rows_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key_id}"


class Sending(models.Model):
    """A key sent this file; sent again, it is the same sending."""

    key = models.ForeignKey(SenderKey, models.PROTECT, related_name="sendings", db_index=False)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="sendings")
    token = models.CharField(max_length=64, help_text="Digest of what tells this sending from others.")
    at = models.DateTimeField()
    is_first = models.BooleanField(help_text="Nobody had sent it before: this key wrote these rows.")

    class Meta:
        constraints = [models.UniqueConstraint("key", "token", name="feeds_sent_once")]
        indexes = [models.Index(fields=["key", "-at"])]

    def __str__(self) -> str:
        return f"{self.key_id} {self.at}"


class Message(models.Model):
    """One row exactly as sent.  Its status follows from the flags the apply step sets once."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="messages", db_index=False)
    row = models.CharField(
        max_length=40, help_text="Record number, line number or sheet!row; * for the file."
    )
    text = models.TextField(help_text="Exactly as sent.")
    mended_text = models.TextField(blank=True, help_text="As mended here; the original stays.")
    mended_by = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")
    mended_at = models.DateTimeField(null=True)
    usable_at = models.DateTimeField(null=True, help_text="When it first could be used: arrival, or mending.")
    key = models.CharField(
        max_length=200, blank=True, help_text="What the sender calls it, within its authority."
    )
    digest = models.CharField(
        max_length=64, blank=True, help_text="Of the row's cells, whatever their order."
    )
    rank = models.CharField(max_length=60, blank=True, help_text="Which of two rows with one key is current.")
    version = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=12, default="waiting", db_index=True)
    withdrawn_at = models.DateTimeField(
        null=True, help_text="When everything its key had written was taken back."
    )
    withdrawn_by = models.ForeignKey(
        "people.Practitioner", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("delivery", "row", name="feeds_row_once"),
            models.CheckConstraint(
                name="feeds_status",
                condition=Q(status__in=["waiting", "applied", "duplicate", "superseded", "quarantined"]),
            ),
            models.CheckConstraint(
                name="feeds_withdrawn_is_superseded", condition=Q(withdrawn_at=None) | Q(status="superseded")
            ),
        ]
        indexes = [models.Index(fields=["key"])]

    def __str__(self) -> str:
        return f"{self.delivery} row {self.row}"


class Problem(models.Model):
    """What is wrong with a row, in words that its sender understands."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="problems")
    field = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=60)
    reason = models.CharField(max_length=400)
    is_error = models.BooleanField(help_text="The row is not applied; otherwise applied without that field.")

    def __str__(self) -> str:
        return self.reason


class Mention(models.Model):
    """A row names this record's person."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions", db_index=False)
    field = models.CharField(max_length=40)
    record = models.ForeignKey("people.Record", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("message", "field", name="feeds_mention_once")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.field}"
