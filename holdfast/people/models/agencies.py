"""Which agencies, teams and practitioners work together, and where?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.people.terms import AgencyKind, Role


class Area(models.Model):
    """A local authority's area: a partner's, or a neighbour's that sends nothing."""

    code = models.CharField(max_length=9, unique=True, help_text="The authority's three-figure code.")
    gss_code = models.CharField(max_length=9, blank=True)
    name = models.CharField(max_length=80)
    is_partner = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=choices(AgencyKind))
    duty_phone = models.CharField(max_length=20, blank=True, help_text="The number to ring when in doubt.")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teams",
        help_text="Empty: all partner areas.",
    )
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("agency", "name", name="people_team_name_in_agency")]

    def __str__(self) -> str:
        return self.name


class Practitioner(models.Model):
    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="practitioner"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=choices(Role))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="practitioners")
    job_title = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A practitioner works in a team from one time until another."""

    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_membership_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} in {self.team}"
