"""Where is it, and whose area is that?"""

from django.db import models

from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.places.terms import PlaceKind


class Place(models.Model):
    """Somewhere that has a name: a custody suite, a school, a park.  Eastings and northings in metres."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=choices(PlaceKind))
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="places")
    code = models.CharField(max_length=20, blank=True, help_text="School URN or health organisation code.")
    easting = models.FloatField(null=True)
    northing = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("area", "kind", "name", name="places_name_once_in_area")]
        indexes = [models.Index(fields=["name"]), models.Index(fields=["code"])]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    code = models.CharField(max_length=8, primary_key=True, help_text="With one space before the last three.")
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="postcodes")
    easting = models.FloatField()
    northing = models.FloatField()

    def __str__(self) -> str:
        return self.code


class Boundary(models.Model):
    """One ring of an area's boundary, British National Grid, as "e n,e n,…"."""

    area = models.ForeignKey("people.Area", models.PROTECT, related_name="boundaries")
    ring = models.TextField()

    class Meta:
        verbose_name_plural = "boundaries"

    def __str__(self) -> str:
        return f"boundary of {self.area}"
