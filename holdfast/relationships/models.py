"""What is the child good at, whom does the child trust, and who is on the team?  §3.8, §7."""

from django.db import models
from django.db.models import Q

from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.relationships.terms import Advice, NamedBy


class Strength(models.Model):
    """What a child loves, is good at, or what is going well: one sentence and who said it."""

    WORK = "A strength"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="strengths")
    sentence = models.CharField(max_length=200)
    said_by = models.CharField(max_length=120)
    said_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.sentence

    def as_work(self) -> str:
        return f"{self.sentence} ({self.said_by})"


class TrustedAdult(models.Model):
    """An adult whom a child trusts, from when until when.  No row means "nobody yet"."""

    WORK = "Somebody the child trusts"
    WORK_NAMES = ("practitioner",)

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="trusted_adults")
    practitioner = models.ForeignKey(
        "people.Practitioner", models.PROTECT, null=True, related_name="trusted_by"
    )
    name = models.CharField(max_length=120, blank=True, help_text="If not a practitioner here.")
    phone = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=200, blank=True)
    named_by = models.CharField(max_length=10, choices=choices(NamedBy))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="relationships_trusted_adult_has_a_name",
                condition=Q(practitioner__isnull=False) | ~Q(name=""),
            ),
            models.UniqueConstraint(
                "person", name="relationships_one_trusted_adult", condition=Q(ends_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.practitioner)

    def as_work(self) -> str:
        return str(self)


class TeamMember(models.Model):
    """A practitioner is on the team around a child, for a stated purpose."""

    WORK = "On the team around the child"
    WORK_NAMES = ("practitioner",)
    ONLY_WORK = Q(ends_at=None)

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="team")
    practitioner = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="teams_around")
    purpose = models.CharField(max_length=200)
    is_lead = models.BooleanField(default=False, help_text="Brings the team together.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person", "practitioner", name="relationships_on_a_team_once", condition=Q(ends_at=None)
            ),
            models.UniqueConstraint(
                "person", name="relationships_one_lead", condition=Q(ends_at=None, is_lead=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.purpose}"

    def as_work(self) -> str:
        return str(self)


class Approach(models.Model):
    """How to be with this child: one thing to do or not to do before knocking."""

    WORK = "How to be with the child"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="approaches")
    advice = models.CharField(max_length=8, choices=choices(Advice))
    sentence = models.CharField(max_length=200)
    said_by = models.CharField(max_length=120)
    said_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.sentence

    def as_work(self) -> str:
        return f"{self.sentence} ({self.said_by})"


class Voice(models.Model):
    """The child's own words, never changed: told to whom, when."""

    WORK = "The child’s own words"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="voices")
    words = models.TextField()
    told_to = models.CharField(max_length=120)
    said_at = models.DateTimeField()
    is_at_top = models.BooleanField(default=False, help_text="The child asked for this to be at the top.")
    recorded_by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.words

    def as_work(self) -> str:
        return f"“{self.words}” (told {self.told_to})"
