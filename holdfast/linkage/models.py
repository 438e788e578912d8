"""By which tokens are records compared, which pairs are one person, and what did people say of them?"""

from django.db import models
from django.db.models import F, Q

from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.linkage.terms import Opinion, Verdict


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


class Question(models.Model):
    """Two records of different persons that may be one, while nobody has said: `commands.relink` keeps it."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    low = models.ForeignKey("people.Record", models.CASCADE, related_name="+", db_index=False)
    high = models.ForeignKey("people.Record", models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("low", "high", name="linkage_question_once"),
            models.CheckConstraint(name="linkage_question_low_before_high", condition=Q(low__lt=F("high"))),
        ]

    def __str__(self) -> str:
        return f"{self.low_id}-{self.high_id}"


class Judgement(models.Model):
    """What somebody said of records, and why.  Never changed; it may be taken back by name."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    opinion = models.CharField(max_length=10, choices=choices(Opinion))
    by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.opinion} {self.at}"


class JudgedPair(models.Model):
    """Two records that a judgement is about; of several judgements the latest that stands holds."""

    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="pairs")
    low = models.ForeignKey("people.Record", models.PROTECT, related_name="+")
    high = models.ForeignKey("people.Record", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("judgement", "low", "high", name="linkage_judged_pair_once"),
            models.CheckConstraint(name="linkage_judged_low_before_high", condition=Q(low__lt=F("high"))),
        ]

    def __str__(self) -> str:
        return f"{self.low_id}-{self.high_id}"


class ModelVersion(models.Model):
    """A trained model, as `training` writes it.  The one that was chosen weighs; none: the one shipped."""

    name = models.CharField(max_length=40, unique=True)
    content = models.TextField(help_text="The model file: Splink's settings, thresholds, common names.")
    records = models.PositiveIntegerField(help_text="How many records it was learned from.")
    trained_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, help_text="Since when it is in use; empty for all others.")

    class Meta:
        ordering = ["trained_at"]

    def __str__(self) -> str:
        return self.name
