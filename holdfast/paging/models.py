"""Who has been told, and who is told next until someone answers?  §8.2.

A page is raised in the same transaction as its moment.  A worker claims what is due, writes
deliveries, claims those with a lease, sends outside the transaction under the delivery's own
reference, and records.  An expired lease is sent again under the same reference.
"""

from django.db import models
from django.db.models import Q

from holdfast.kit.choices import choices
from holdfast.kit.refs import new_ref
from holdfast.paging.terms import Channel
from holdfast.rota.terms import Whom


class Page(models.Model):
    """The promise that a named person will answer.  It says nothing about the child."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    about = models.CharField(max_length=12, unique=True, help_text="The moment's opaque reference.")
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    next_number = models.PositiveIntegerField(
        default=1, help_text="Counts steps; after the last of the ladder the first comes again."
    )
    next_due_at = models.DateTimeField(null=True, help_text="Empty once someone has answered.")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_due_at"], name="paging_due", condition=Q(next_due_at__isnull=False))
        ]
        constraints = [
            models.CheckConstraint(
                name="paging_due_until_answered",
                condition=Q(answered_at__isnull=True, next_due_at__isnull=False)
                | Q(answered_at__isnull=False, next_due_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.ref


class PageStep(models.Model):
    """The ladder in force when the page was raised, frozen with it."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="steps", db_index=False)
    number = models.PositiveSmallIntegerField()
    whom = models.CharField(max_length=20, choices=choices(Whom))
    practitioner = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")
    wait = models.DurationField()

    class Meta:
        constraints = [models.UniqueConstraint("page", "number", name="paging_one_step_each")]

    def __str__(self) -> str:
        return f"{self.page_id} step {self.number}"


class Delivery(models.Model):
    """One message to one person over one channel.  `ref` is the idempotency key."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    page = models.ForeignKey(Page, models.PROTECT, related_name="deliveries")
    round = models.PositiveIntegerField(help_text="Counts steps taken, also after starting again.")
    practitioner = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=choices(Channel))
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="When it may next be tried; a lease is a later due time.")
    attempts = models.PositiveIntegerField(default=0)
    handed_at = models.DateTimeField(null=True, help_text="When the provider took it.")
    problem = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "page", "round", "practitioner", "channel", name="paging_told_once_a_round"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="paging_to_send", condition=Q(handed_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.ref}"
