"""Which explicit grants are there?"""

from django.db import models
from django.db.models import F, Q

from holdfast.access.terms import Via
from holdfast.kit.choices import choices


class Grant(models.Model):
    """Leave for one practitioner or one team to see one person's record, for a reason and a time."""

    practitioner = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="grants")
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, related_name="grants")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="grants")
    via = models.CharField(max_length=12, choices=choices(Via))
    reason = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_grant_has_one_holder",
                condition=Q(practitioner__isnull=False, team__isnull=True)
                | Q(practitioner__isnull=True, team__isnull=False),
            ),
            models.CheckConstraint(
                name="access_grant_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            ),
            models.UniqueConstraint(
                "practitioner",
                "person",
                "via",
                name="access_one_open_grant",
                condition=Q(ends_at=None, practitioner__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.via}: {self.reason}"
