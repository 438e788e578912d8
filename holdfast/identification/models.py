"""What do we not know of a child's daily life, and who will find out?  §4.6."""

from django.db import models

from holdfast.kit.refs import new_ref


class OpenQuestion(models.Model):
    """Something we do not know.  Without an owner the page says "nobody yet"."""

    WORK = "What we do not know"

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="open_questions")
    question = models.CharField(max_length=200)
    owner = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="open_questions")
    how = models.CharField(max_length=200, blank=True, help_text="How the owner will find out.")
    due_on = models.DateField(null=True)
    asked_by = models.ForeignKey("people.Practitioner", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Practitioner", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.question

    def as_work(self) -> str:
        return self.question
