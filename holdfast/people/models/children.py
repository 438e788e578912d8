"""Who someone really is, and which children have an open record."""

from django.db import models
from django.db.models import F, Q

from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.people.terms import AreaRole, Tie


class Person(models.Model):
    """Who someone really is: the records that `linkage` finds to be one person.

    A person stores no name and no birth date: both follow from the records (`people.rules`).
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ref


class Child(models.Model):
    """An under-18 with an open record (footnote 5: everyone under 18 is a child)."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="child")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200, help_text="Why the record is open, in words.")
    provisional_until = models.DateTimeField(
        null=True, blank=True, help_text="Lapses then unless a person opens the record."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    preferred_name = models.CharField(
        max_length=80, blank=True, help_text="What the child asks to be called."
    )
    pronouns = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.person.ref


class AreaResponsibility(models.Model):
    """One of the areas responsible for a child, and why (review, footnote 8)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="areas")
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="responsibilities")
    role = models.CharField(max_length=10, choices=choices(AreaRole))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    stated_by = models.CharField(max_length=120, help_text="The source that says so.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "person", "area", "role", name="people_one_open_area_role", condition=Q(ends_on=None)
            ),
            models.CheckConstraint(
                name="people_area_role_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.area}"


class FamilyTie(models.Model):
    """A sender says that one record's person is family of another's, or shares the household."""

    record = models.ForeignKey("people.Record", models.CASCADE, related_name="ties")
    other = models.ForeignKey("people.Record", models.CASCADE, related_name="ties_from")
    kind = models.CharField(max_length=20, choices=choices(Tie), help_text="What `other` is to `record`.")
    stated_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint("record", "other", "kind", "stated_by", name="people_tie_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}, said by {self.stated_by}"
