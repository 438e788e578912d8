"""Who is on duty, for which area, and who is told next?  §10.7."""

from django.db import models
from django.db.models import F, Q

from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.rota.terms import Whom


class Turn(models.Model):
    """Someone's weekly turn in an area's rota, in London wall-clock time.

    `until` may be earlier than `starts`: then the turn ends the next morning.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="turns")
    practitioner = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="turns")
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    starts = models.TimeField()
    until = models.TimeField()
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="rota_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="rota_turn_ends_after_it_starts",
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} {self.weekday} {self.starts}-{self.until}"


class Step(models.Model):
    """One step of an area's ladder: whom to tell, and how long to wait before the next."""

    area = models.ForeignKey("people.Area", models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    whom = models.CharField(max_length=20, choices=choices(Whom))
    practitioner = models.ForeignKey(
        "people.Practitioner", models.PROTECT, null=True, blank=True, related_name="+"
    )
    wait = models.DurationField(help_text="How long to wait for an answer before the next step.")

    class Meta:
        ordering = ["area", "number"]
        constraints = [
            models.UniqueConstraint("area", "number", name="rota_one_step_each"),
            models.CheckConstraint(
                name="rota_named_step_names_someone",
                condition=~Q(whom=Whom.NAMED) | Q(practitioner__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.whom}"
