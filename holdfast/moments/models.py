"""When is a child likelier to be open to change, and is somebody with them?  §8."""

from django.db import models
from django.db.models import Q

from holdfast.chronology.terms import Precision
from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.moments.terms import Accepted, Meeting


class Kind(models.Model):
    """A kind of critical moment, as data (§8.5): a partnership adds its own."""

    code = models.CharField(max_length=40, primary_key=True)
    label = models.CharField(max_length=80, help_text="What the board says: 'In custody'.")
    sentence = models.CharField(max_length=300, help_text="Why am I seeing this?  One sentence.")
    told_as = models.CharField(max_length=40, blank=True, help_text="What the large button says: 'Arrested'.")
    hint = models.CharField(max_length=120, blank=True, help_text="The line under the large button.")
    order = models.PositiveSmallIntegerField(default=50, help_text="The order of the large buttons.")
    is_told_by_people = models.BooleanField(default=True, help_text="Offered when something has happened.")
    is_active = models.BooleanField(default=True)
    answer_within = models.DurationField(help_text="Our promise: someone has taken it.")
    contact_within = models.DurationField(help_text="Our promise: someone is with the child.")
    window = models.DurationField(null=True, blank=True, help_text="How long the chance lasts, if it ends.")
    window_words = models.CharField(max_length=80, blank=True, help_text="What ends with the window.")

    class Meta:
        ordering = ["order", "label"]

    def __str__(self) -> str:
        return self.label


class Ending(models.Model):
    """A moment ends only by a named person, with a reason."""

    by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.by} {self.at}"


class Moment(models.Model):
    """A critical moment in one child's life, and its five times (the fifth, when someone was first
    paged, follows from the deliveries).  Who answered and whether someone came follows from the acts."""

    WORK = "A critical moment that somebody told"
    WORK_NAMES = ("kind", "told_by")
    ONLY_WORK = Q(told_by__isnull=False)  # what an agency told goes with the agency's record

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="moments")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="moments", db_index=False)
    area = models.ForeignKey(
        "people.Area", models.PROTECT, related_name="moments", help_text="The area whose duty answers."
    )
    happening = models.CharField(max_length=240, help_text="What makes two tellings one happening.")
    event = models.ForeignKey("chronology.Event", models.PROTECT, null=True, related_name="moments")
    detail = models.CharField(max_length=200, blank=True)
    where = models.CharField(max_length=200, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    is_there_now = models.BooleanField(default=False)
    told_by = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="moments_told")
    happened_at = models.DateTimeField()
    precision = models.CharField(max_length=8, choices=choices(Precision), default=Precision.MINUTE)
    agency_knew_at = models.DateTimeField(help_text="The child's clock runs from here.")
    known_at = models.DateTimeField(help_text="Our own promise runs from here.")
    raised_at = models.DateTimeField()
    is_history = models.BooleanField(default=False, help_text="Replayed: never open, never due, never paged.")
    ending = models.OneToOneField(Ending, models.PROTECT, null=True, related_name="moment")

    class Meta:
        constraints = [models.UniqueConstraint("kind", "happening", name="moments_once_per_happening")]
        indexes = [
            models.Index(fields=["person", "-happened_at"]),
            # The board finds what is open without reading what is over, however much that is.
            models.Index(
                name="moments_open",
                fields=["id"],
                include=["person", "area"],
                condition=Q(is_history=False, ending=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.ref}"

    def as_work(self) -> str:
        return f"{self.kind.label}, {self.happened_at:%-d %B %Y}"


class Answer(models.Model):
    """A named person took the moment.  It stops the paging, not the child's clock."""

    moment = models.OneToOneField(Moment, models.PROTECT, related_name="answer")
    by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by} {self.at}"


class Assignment(models.Model):
    """Who is to go to the child; the latest holds."""

    moment = models.ForeignKey(Moment, models.PROTECT, related_name="assignments")
    to = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="moments_assigned")
    by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.to} {self.at}"


class Contact(models.Model):
    """Someone was with the child, or tried to be: what the child said and what was offered."""

    WORK = "Somebody was with the child"
    WORK_NAMES = ("by",)
    ONLY_WORK = Q(moment=None)  # what was done in a moment stays with it

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="contacts")
    moment = models.ForeignKey(Moment, models.PROTECT, null=True, related_name="contacts")
    by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    meeting = models.CharField(max_length=20, choices=choices(Meeting))
    where = models.CharField(max_length=200, blank=True)
    childs_words = models.TextField(blank=True)
    note = models.TextField(blank=True)
    offered = models.CharField(max_length=300, blank=True)
    accepted = models.CharField(max_length=16, choices=choices(Accepted), default=Accepted.NOT_OFFERED)
    next_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"])]
        constraints = [
            models.CheckConstraint(
                name="moments_accepted_needs_an_offer",
                condition=Q(accepted=Accepted.NOT_OFFERED) | ~Q(offered=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.at}"

    def as_work(self) -> str:
        return f"{self.by.name}, {self.at:%-d %B %Y}. {self.childs_words or self.note}".strip()
