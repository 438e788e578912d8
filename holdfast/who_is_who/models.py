"""Who must hear that records they relied on turned out to be somebody else's?"""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One person is told, once, that a judgement changed whose records a child's page is made of.

    It hangs on the judgement, not on what it said: whoever opens it sees the page as it is then.
    """

    judgement = models.ForeignKey("linkage.Judgement", models.PROTECT, related_name="notices")
    practitioner = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="notices")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="notices")
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "judgement", "practitioner", "person", name="who_is_who_told_once_of_each"
            )
        ]
        indexes = [
            models.Index(fields=["practitioner"], name="who_is_who_unseen", condition=Q(seen_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} {self.made_at}"
