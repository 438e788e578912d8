"""What is asked when a partnership is set up?  S24."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password

from holdfast.kit.choices import choices
from holdfast.moments.models import Kind
from holdfast.people.models import Agency, Area, Practitioner, Team
from holdfast.people.terms import AgencyKind, Role
from holdfast.rota.commands import LONGEST_WAIT
from holdfast.rota.rules import LadderStep
from holdfast.rota.terms import Whom
from holdfast.web.building.rota import WHOM
from holdfast.web.widgets import DayField

MINUTE = timedelta(minutes=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def phone(label: str) -> forms.CharField:
    return forms.RegexField(
        r"^[+()\d\s-]{3,20}$",
        label=label,
        required=False,
        error_messages={"invalid": "Write the number with figures and spaces only: 01632 960 140"},
    )


class AreaForm(forms.Form):
    code = forms.RegexField(
        r"^\d{3}$",
        label="The authority’s code",
        help_text="Three figures, as agencies write it in their files.",
        error_messages={"invalid": "Three figures, such as 991"},
    )
    name = forms.CharField(label="Name", max_length=80)
    gss_code = forms.RegexField(
        r"^[A-Z]\d{8}$",
        label="GSS code",
        required=False,
        help_text="One letter and eight figures, if it has one.",
        error_messages={"invalid": "One capital letter and eight figures, such as E06000001"},
    )
    is_partner = forms.BooleanField(label="A partner: its duty answers here", required=False, initial=True)


class AreaChangeForm(AreaForm):
    code = None  # type: ignore[assignment]


class AgencyForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="What kind of agency is it?", choices=choices(AgencyKind))
    duty_phone = phone("The number to ring when in doubt")


class TeamChangeForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    area = forms.ModelChoiceField(
        Area.objects.all(), label="Where does it work?", required=False, empty_label="In all partner areas"
    )


class TeamForm(TeamChangeForm):
    agency = forms.ModelChoiceField(Agency.objects.all(), label="Of which agency?")
    field_order = ["agency", "name", "area"]


class TeamField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.agency}: {obj}"


def teams() -> Any:
    return Team.objects.select_related("agency").order_by("agency__name", "name")


class PersonChangeForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    role = forms.ChoiceField(
        label="Role", choices=choices(Role), help_text="What they may see and do follows from it."
    )
    job_title = forms.CharField(label="Job title", max_length=80, required=False)
    agency = forms.ModelChoiceField(Agency.objects.all(), label="Agency")
    phone = phone("Telephone")
    email = forms.EmailField(
        label="E-mail address", required=False, help_text="Critical moments are told to this address."
    )


class UsernameForm(forms.Form):
    username = forms.RegexField(
        r"^[\w.@+-]{3,60}$",
        label="Name to sign in with",
        error_messages={"invalid": "3 to 60 letters, figures and . @ + - _ without spaces"},
    )


class PersonForm(PersonChangeForm):
    team = TeamField(Team.objects.none(), label="First team", help_text="More can be added afterwards.")
    username = UsernameForm.base_fields["username"]
    field_order = ["name", "role", "job_title", "agency", "team", "phone", "email", "username"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams()  # type: ignore[attr-defined]


class MembershipForm(forms.Form):
    team = TeamField(Team.objects.none(), label="Which team?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams()  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """A password for somebody, twice."""

    password = forms.CharField(
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters: three words that only you would put together.",
        strip=False,
    )
    again = forms.CharField(
        label="The same again",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return str(self.cleaned_data["password"])

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password", self.cleaned_data["again"]):
            raise forms.ValidationError("The two are not the same")
        return str(self.cleaned_data["again"])


def clock_time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        help_text="As 19:00",
        error_messages={"invalid": "Write the time as 19:00"},
    )


class TurnForm(forms.Form):
    practitioner = forms.ModelChoiceField(Practitioner.objects.none(), label="Who?")
    weekdays = forms.TypedMultipleChoiceField(
        label="On which days?",
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
    )
    starts = clock_time("From")
    until = clock_time("Until")
    first_on = DayField(label="First on", help_text="For example 27 3 2026", required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].queryset = people  # type: ignore[attr-defined]
        self.fields["until"].help_text = "As 07:00. At or before the start means the next morning."

    def turns(self, today: date) -> Iterable[dict[str, Any]]:
        """Return one turn for each day chosen."""
        given = dict(self.cleaned_data)
        given["first_on"] = given["first_on"] or today
        return [{**given, "weekday": day} for day in given.pop("weekdays")]


class StepForm(forms.Form):
    whom = forms.ChoiceField(label="Who is told?", choices=[(one, words) for one, words in WHOM.items()])
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.none(), label="If somebody named: who?", required=False, empty_label="Nobody"
    )
    minutes = forms.IntegerField(
        label="Minutes to wait for an answer", min_value=1, max_value=LONGEST_WAIT // MINUTE, initial=5
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("whom") == Whom.NAMED and not given.get("practitioner"):
            self.add_error("practitioner", "Choose who is told")
        return given

    @property
    def step(self) -> LadderStep:
        given = self.cleaned_data
        named = given["practitioner"].pk if given["whom"] == Whom.NAMED else None
        return LadderStep(Whom(given["whom"]), given["minutes"] * MINUTE, named)


class KindForm(forms.Form):
    label = forms.CharField(label="What the board says", max_length=80)
    sentence = forms.CharField(
        label="Why am I seeing this?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence, which everyone who sees the moment reads.",
    )
    told_as = forms.CharField(label="What the large button says", max_length=40, required=False)
    hint = forms.CharField(label="The line under the large button", max_length=120, required=False)
    order = forms.IntegerField(
        label="Place among the buttons", min_value=1, max_value=999, initial=50, help_text="1 comes first."
    )
    answer_minutes = forms.IntegerField(
        label="Minutes until somebody has answered", min_value=1, max_value=1440, initial=15
    )
    contact_minutes = forms.IntegerField(
        label="Minutes until somebody is with the child", min_value=1, max_value=10080, initial=120
    )

    @property
    def given(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        found["answer_within"] = found.pop("answer_minutes") * MINUTE
        found["contact_within"] = found.pop("contact_minutes") * MINUTE
        return found


class KindChangeForm(KindForm):
    is_told_by_people = forms.BooleanField(label="Offered when something has happened", required=False)
    is_active = forms.BooleanField(label="Used", required=False)

    @classmethod
    def of(cls, kind: Kind, data: Any = None) -> "KindChangeForm":
        names = ("label", "sentence", "told_as", "hint", "order", "is_told_by_people", "is_active")
        held = {name: getattr(kind, name) for name in names}
        held["answer_minutes"] = kind.answer_within // MINUTE
        held["contact_minutes"] = kind.contact_within // MINUTE
        return cls(data, initial=held)
