"""What did one source say about one person?

Every fact hangs on the row of the source that stated it (`stated_by`), so that a corrected row
replaces its own facts and nobody else's.  What begins with `record` in an index needs no second one.
"""

from django.db import models

from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.people.terms import AddressKind, IdentifierKind, NameKind


class Record(models.Model):
    """One person as one source gave them; never merged with another."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    source = models.CharField(max_length=60, help_text="The sender's feed, or 'typed here'.")
    key = models.CharField(max_length=160, help_text="How that source tells this person from others.")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="records")
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, related_name="+")
    sex = models.CharField(max_length=1, blank=True)
    approx_birth_year = models.PositiveSmallIntegerField(null=True, help_text="From an age somebody guessed.")
    ethnicity = models.CharField(max_length=4, blank=True)
    ethnicity_list = models.CharField(max_length=12, blank=True, help_text="The code list the sender uses.")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("source", "key", name="people_record_once_per_source")]

    def __str__(self) -> str:
        return f"{self.source} {self.ref}"


class RecordName(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="names", db_index=False)
    kind = models.CharField(max_length=12, choices=choices(NameKind))
    given = models.CharField(max_length=120, blank=True)
    family = models.CharField(max_length=120, blank=True)
    stated_by = models.CharField(max_length=160)
    stated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "stated_by"])]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class RecordBirthDate(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="birth_dates", db_index=False)
    born_on = models.DateField()
    stated_by = models.CharField(max_length=160)
    stated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "stated_by"]), models.Index(fields=["born_on"])]

    def __str__(self) -> str:
        return f"{self.born_on}"


class RecordIdentifier(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="identifiers", db_index=False)
    kind = models.CharField(max_length=12, choices=choices(IdentifierKind))
    issuer = models.CharField(max_length=60, blank=True, help_text="Within whose numbering it is unique.")
    value = models.CharField(max_length=60)
    is_verified = models.BooleanField(default=False, help_text="The source says that it was checked.")
    stated_by = models.CharField(max_length=160)
    stated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "stated_by"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class RecordAddress(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="addresses", db_index=False)
    kind = models.CharField(max_length=12, choices=choices(AddressKind))
    text = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True, help_text="With one space before the last three.")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    stated_by = models.CharField(max_length=160)
    stated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "stated_by"])]

    def __str__(self) -> str:
        return f"{self.text} {self.postcode}".strip()


class RecordPhone(models.Model):
    record = models.ForeignKey(Record, models.CASCADE, related_name="phones", db_index=False)
    number = models.CharField(max_length=20)
    stated_by = models.CharField(max_length=160)
    stated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["record", "stated_by"])]

    def __str__(self) -> str:
        return self.number
