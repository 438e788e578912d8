"""How far has the demonstration been told?"""

from django.db import models
from django.db.models import F, Q


class Visit(models.Model):
    """One time somebody opened the demonstration: the story is told from the visit before up to it.

    A step is counted in the transaction that takes it, so that after a kill the next one follows.
    """

    until = models.DateTimeField(unique=True)
    steps = models.PositiveIntegerField(help_text="Files that arrive and acts of people, in their order.")
    done = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["until"]
        constraints = [
            models.CheckConstraint(
                name="demonstration_no_step_is_taken_twice", condition=Q(done__lte=F("steps"))
            )
        ]

    @property
    def is_told(self) -> bool:
        return self.done == self.steps

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M}: {self.done} of {self.steps}"
