"""What can be written down about a child?  Each form keeps its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils.safestring import SafeString

from holdfast.identification import commands as identification
from holdfast.people.models import Person, Practitioner
from holdfast.relationships import commands as relationships
from holdfast.relationships.terms import Advice, NamedBy
from holdfast.web.widgets import DayField, LongSelect

LINE = 200  # characters, as long as the column


Choices = Sequence[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the forms of one page offer to choose from, so that it is asked for once."""

    colleagues: Choices
    questions: Choices  # the open ones of this child, by reference


_laid_out: dict[tuple[type[forms.BaseForm], str | None, str], SafeString] = {}


class LaidOutOnce(BoundField):
    """A field that nobody has filled in yet is the same on every page of everyone, unless it offers a
    choice of what is written down: it is laid out once while this process lives."""

    def as_field_group(self) -> SafeString:
        if self.form.is_bound or isinstance(self.field, forms.ModelChoiceField):
            return super().as_field_group()
        key = (type(self.form), self.form.prefix, self.name)
        if key not in _laid_out:
            _laid_out[key] = super().as_field_group()
        return _laid_out[key]


class ChildForm(forms.Form):
    """A form on one child's page.  `said` is what the page says once it is kept."""

    bound_field_class = LaidOutOnce
    title = said = ""
    button = "Write it down"

    def __init__(
        self, *args: Any, person: Person, now: datetime, offered: Offered | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.now, self.offered = person, now, offered
        self.prepare()

    def prepare(self) -> None:
        """Fill what can be chosen."""

    def offer(self, name: str, choices: Choices) -> None:
        """Let one of these be chosen, on a page that was only opened: what is sent is looked up."""
        field: Any = self.fields[name]
        field.choices = [("", field.empty_label), *choices]

    def keep(self, by: Practitioner) -> None:
        raise NotImplementedError


def colleagues(now: datetime) -> Any:
    """Return who works here."""
    here = Practitioner.objects.filter(Q(left_at=None) | Q(left_at__gt=now))
    return here.select_related("agency").order_by("name")


class Colleague(forms.ModelChoiceField):
    widget = LongSelect

    def label_from_instance(self, obj: Any) -> str:
        return _called(obj.name, obj.agency.name)


def colleague_choices(now: datetime) -> Choices:
    """Return everyone who works here, as `Colleague` offers them.  One SQL query."""
    found = colleagues(now).values_list("pk", "name", "agency__name")
    return [(pk, _called(name, agency)) for pk, name, agency in found]


def _called(name: str, agency: str) -> str:
    return f"{name}, {agency}"


def line(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LINE, **more)


class StrengthForm(ChildForm):
    title, said = "What is going well", "Written down. It stands first on the page."
    sentence = line("What does the child love, do well, or what is going well?")
    said_by = line("Who says so?", help_text="A name, and who they are: Mum, or Ms Okafor, form tutor.")

    def keep(self, by: Practitioner) -> None:
        relationships.add_strength(by=by, at=self.now, person=self.person, **self.cleaned_data)


class TrustForm(ChildForm):
    title, said = "Whom the child trusts", "Written down. They come first on this page."
    practitioner = Colleague(Practitioner.objects.none(), required=False, label="Somebody who works here")
    name = line("Or somebody else: their name", required=False)
    phone = forms.CharField(label="Their telephone number", max_length=20, required=False)
    note = line("What they do together", required=False)
    named_by = forms.ChoiceField(
        label="Who says that the child trusts them?",
        choices=[(NamedBy.CHILD, "The child"), (NamedBy.STAFF, "Somebody who works with the child")],
        widget=forms.RadioSelect,
    )

    def prepare(self) -> None:
        if self.offered:
            self.offer("practitioner", self.offered.colleagues)
        else:
            self.fields["practitioner"].queryset = colleagues(self.now)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("practitioner") and not given.get("name"):
            self.add_error("name", "Choose somebody, or write a name")
        return given

    def keep(self, by: Practitioner) -> None:
        relationships.name_trusted_adult(by=by, at=self.now, person=self.person, **self.cleaned_data)


class TeamForm(ChildForm):
    title, said = "Somebody joins the team", "They are on the team, and may open this page from now on."
    button = "Put on the team"
    practitioner = Colleague(Practitioner.objects.none(), label="Who joins?")
    purpose = line("What for?", help_text="Has the child been asked? Fewer people is often better.")
    is_lead = forms.BooleanField(label="Brings the team together", required=False)

    def prepare(self) -> None:
        if self.offered:
            self.offer("practitioner", self.offered.colleagues)
        else:
            self.fields["practitioner"].queryset = colleagues(self.now)  # type: ignore[attr-defined]

    def keep(self, by: Practitioner) -> None:
        relationships.join_team(by=by, at=self.now, person=self.person, **self.cleaned_data)


class KnockForm(ChildForm):
    title, said = "Before you knock", "Written down. Everybody who goes reads it first."
    advice = forms.ChoiceField(
        label="Is it something to do, or not to do?",
        choices=[(Advice.DO, "Do"), (Advice.DO_NOT, "Do not")],
        widget=forms.RadioSelect,
    )
    sentence = line("What?", help_text="For example: text first, and say who sent you.")
    said_by = line("Who says so?")

    def keep(self, by: Practitioner) -> None:
        relationships.advise(by=by, at=self.now, person=self.person, **self.cleaned_data)


class WordsForm(ChildForm):
    title, said = "The child’s own words", "Kept as they were said."
    words = forms.CharField(
        label="What did the child say?",
        help_text="Word for word. Quotation marks are added; nothing else is changed.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    told_to = line("To whom?")
    said_on = DayField(label="When?", help_text="For example 27 3 2026", required=False)
    is_at_top = forms.BooleanField(label="The child asks for this to be at the top", required=False)

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        if day and day > self.now.date():
            raise forms.ValidationError("This day is still to come")
        return day

    def keep(self, by: Practitioner) -> None:
        given = dict(self.cleaned_data)
        day = given.pop("said_on")
        said_at = self.now - timedelta(days=(self.now.date() - day).days) if day else self.now
        relationships.keep_words(by=by, at=self.now, person=self.person, said_at=said_at, **given)


class QuestionForm(ChildForm):
    title, said = "Something we do not know", "Asked. It stays on this page until someone finds out."
    question = line("What do we not know?")
    owner = Colleague(
        Practitioner.objects.none(),
        required=False,
        label="Who will find out?",
        empty_label="Nobody yet",
    )
    how = line("How?", required=False)
    due_on = DayField(label="By when?", help_text="For example 27 3 2026", required=False)

    def prepare(self) -> None:
        if self.offered:
            self.offer("owner", self.offered.colleagues)
        else:
            self.fields["owner"].queryset = colleagues(self.now)  # type: ignore[attr-defined]

    def keep(self, by: Practitioner) -> None:
        identification.ask(by=by, at=self.now, person=self.person, **self.cleaned_data)


class AnswerForm(ChildForm):
    title, said = "An answer to a question", "Written down. The question leaves the list."
    question: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        None, label="Which question?", to_field_name="ref", widget=LongSelect
    )
    answer = forms.CharField(
        label="What was found out?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def prepare(self) -> None:
        if self.offered:
            self.offer("question", self.offered.questions)
        else:
            waiting = self.person.open_questions.filter(answered_at=None)
            self.fields["question"].queryset = waiting  # type: ignore[attr-defined]

    def keep(self, by: Practitioner) -> None:
        identification.answer(by=by, at=self.now, **self.cleaned_data)


FORMS: dict[str, type[ChildForm]] = {
    "words": WordsForm,
    "strength": StrengthForm,
    "trust": TrustForm,
    "knock": KnockForm,
    "question": QuestionForm,
    "answer": AnswerForm,
    "team": TeamForm,
}
