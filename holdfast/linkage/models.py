"""By which tokens are records compared, and which pairs were found to be one person?"""

from django.db import models
from django.db.models import F, Q

from holdfast.kit.choices import choices
from holdfast.linkage.terms import Verdict


class Token(models.Model):
    """One thing by which a record may be found.  Rewritten whenever its record changes."""

    record = models.ForeignKey("people.Record", models.CASCADE, related_name="tokens")
    value = models.CharField(max_length=120, help_text="kind:value, as `linkage.blocking.tokens` makes it.")

    class Meta:
        constraints = [models.UniqueConstraint("value", "record", name="linkage_token_once")]

    def __str__(self) -> str:
        return self.value


class Edge(models.Model):
    """Two records compared, and how strongly they look like one person."""

    low = models.ForeignKey("people.Record", models.CASCADE, related_name="edges_up", db_index=False)
    high = models.ForeignKey("people.Record", models.CASCADE, related_name="edges_down")
    bits = models.FloatField(help_text="Match weight: log2 of the odds.")
    verdict = models.CharField(max_length=8, choices=choices(Verdict))
    model = models.CharField(max_length=40, help_text="The version of the model that scored them.")

    class Meta:
        constraints = [
            models.UniqueConstraint("low", "high", name="linkage_pair_once"),
            models.CheckConstraint(name="linkage_low_before_high", condition=Q(low__lt=F("high"))),
        ]

    def __str__(self) -> str:
        return f"{self.low_id}-{self.high_id}: {self.bits:.1f}"
