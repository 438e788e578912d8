"""What was done or seen, by whom, and when?"""

import pgtrigger
from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One act or read.  Written in the same transaction as the act, never changed."""

    at = models.DateTimeField(help_text="The real clock, whatever time the act itself is about.")
    practitioner = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")
    system = models.CharField(max_length=20, blank=True, help_text="The system actor, if nobody acted.")
    act = models.CharField(max_length=60)
    about = models.CharField(max_length=40, blank=True, help_text="The opaque reference of what it is about.")
    person_ref = models.CharField(
        max_length=12, blank=True, db_index=True, help_text="Whose record, if anyone's."
    )
    note = models.CharField(
        max_length=300, blank=True, help_text="References and counts only; never content."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="audit_somebody_acted", condition=Q(practitioner__isnull=False) | ~Q(system="")
            )
        ]
        indexes = [models.Index(fields=["about"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.about}"
