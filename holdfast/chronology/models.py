"""What happened, to whom, who says so, and when did we know?"""

from django.db import models
from django.db.models import Q

from holdfast.chronology.terms import Handling, IntelligenceAssessment, Precision, Role, SourceEvaluation
from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref


class Kind(models.Model):
    """A kind of event, as data: a partnership adds its own."""

    code = models.CharField(max_length=30, primary_key=True)
    label = models.CharField(max_length=80)
    group = models.CharField(max_length=30, help_text="The timeline filter it belongs to.")

    def __str__(self) -> str:
        return self.label


class Event(models.Model):
    """One thing that happened, as one source tells it.

    A later version from the same source corrects this row and leaves a Correction.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="events")
    code = models.CharField(max_length=30, blank=True, help_text="The sender's own finer code.")
    source = models.CharField(max_length=60, help_text="The feed and table, or 'typed here'.")
    source_ref = models.CharField(max_length=200, help_text="What the sender calls it.")
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    told_by = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, help_text="In the source's words.")
    happened_at = models.DateTimeField()
    precision = models.CharField(max_length=8, choices=choices(Precision), default=Precision.MINUTE)
    ended_at = models.DateTimeField(null=True)
    agency_knew_at = models.DateTimeField(help_text="The earliest time on any agency's row about it.")
    known_at = models.DateTimeField(help_text="When the first usable row about it reached us.")
    told_at = models.DateTimeField(help_text="When the row that is its current word reached us.")
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    place_text = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, related_name="+")
    home_area = models.ForeignKey(
        "people.Area", models.PROTECT, null=True, related_name="+", help_text="Where the person lived then."
    )
    source_evaluation = models.CharField(max_length=1, blank=True, choices=choices(SourceEvaluation))
    assessment = models.CharField(max_length=1, blank=True, choices=choices(IntelligenceAssessment))
    handling = models.CharField(max_length=1, blank=True, choices=choices(Handling))
    handling_conditions = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="When the source took it back.")

    class Meta:
        constraints = [models.UniqueConstraint("source", "source_ref", name="chronology_event_told_once")]
        indexes = [models.Index(fields=["-happened_at"])]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.ref}"


class Participant(models.Model):
    """A record's person took this part in the event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participants", db_index=False)
    record = models.ForeignKey("people.Record", models.PROTECT, related_name="participations")
    role = models.CharField(max_length=24, choices=choices(Role))
    field = models.CharField(max_length=40, default="subject", help_text="Which part of the row names them.")

    class Meta:
        constraints = [
            models.UniqueConstraint("event", "record", "field", name="chronology_participant_once")
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.event_id}"


class Correction(models.Model):
    """What an event said before its source corrected it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=30)
    was = models.TextField()
    became = models.TextField()
    known_at = models.DateTimeField(help_text="When the correction reached us.")

    class Meta:
        constraints = [
            models.CheckConstraint(name="chronology_correction_changes", condition=~Q(was=models.F("became")))
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.event_id}"
