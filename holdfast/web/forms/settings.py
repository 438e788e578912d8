"""What is asked when a partnership is set up?  S24."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password

from holdfast.access.set_up import USERNAME, USERNAME_SAID
from holdfast.access.terms import DUTIES, REACH, Duty, Reach
from holdfast.kit.choices import choices, words
from holdfast.people.models import Agency, Area, Team
from holdfast.people.terms import AgencyKind, Role

CHOOSE = "Choose"
KINDS = {**dict(choices(AgencyKind)), AgencyKind.CHILDRENS_SERVICES.value: "Children’s services"}
SEES = {
    Reach.AREA: "sees their areas’ children",
    Reach.OWN: "sees children they work with",
    Reach.NOBODY: "sees no child",
}


def role_choices() -> list[tuple[str, str]]:
    """Return each role with what follows from it."""
    return [("", CHOOSE), *((role.value, f"{words(role)}: {_follows(role)}") for role in Role)]


def _follows(role: Role) -> str:
    able = [
        said
        for duty, said in (
            (Duty.RESPOND, "can be on the rota"),
            (Duty.MATCH, "who is who"),
            (Duty.FEEDS, "feeds"),
            (Duty.SET_UP, "settings"),
        )
        if duty in DUTIES[role]
    ]
    return ", ".join([SEES[REACH[role]], *able])


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
        help_text="Three figures, as agencies write it in their files. It cannot be changed afterwards.",
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
    is_partner = forms.BooleanField(
        label="A partner: its duty answers here",
        required=False,
        initial=True,
        help_text="Leave it out for a neighbour whose children come up, and whose duty is elsewhere.",
    )


class AreaChangeForm(AreaForm):
    code = None  # type: ignore[assignment]


class AgencyForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="What kind of agency is it?", choices=[("", CHOOSE), *KINDS.items()])
    duty_phone = phone("The number to ring when in doubt")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty_phone"].help_text = "Stands at the foot of every page of its people."


class TeamChangeForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    area = forms.ModelChoiceField(
        Area.objects.all(),
        label="Where does it work?",
        required=False,
        empty_label="In all partner areas",
        help_text="Its people may see the children of this area, as far as their role reaches.",
    )


class TeamForm(TeamChangeForm):
    agency = forms.ModelChoiceField(Agency.objects.all(), label="Of which agency?", empty_label=CHOOSE)
    field_order = ["agency", "name", "area"]


class TeamField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.agency}: {obj}"


def teams() -> Any:
    return Team.objects.select_related("agency").order_by("agency__name", "name")


class PersonChangeForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    role = forms.ChoiceField(label="Role", choices=role_choices)
    job_title = forms.CharField(
        label="Job title", max_length=80, required=False, help_text="As others read it, instead of the role."
    )
    agency = forms.ModelChoiceField(Agency.objects.all(), label="Agency", empty_label=CHOOSE)
    phone = phone("Telephone")
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="A letter goes here when somebody needs them. It names no child.",
    )


class UsernameForm(forms.Form):
    username = forms.RegexField(
        USERNAME,
        label="Name to sign in with",
        help_text="Typed each time they sign in. No two people share one.",
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"invalid": USERNAME_SAID},
    )


class TeamChoiceForm(forms.Form):
    team = TeamField(Team.objects.none(), label="Which team?", empty_label=CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams()  # type: ignore[attr-defined]


class PersonForm(PersonChangeForm, TeamChoiceForm):
    """Somebody new: the agency is that of the first team."""

    agency = None  # type: ignore[assignment]
    username = UsernameForm.base_fields["username"]
    field_order = ["name", "role", "team", "job_title", "phone", "email", "username"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].help_text = "Their agency is the team’s. More teams can be added afterwards."

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "agency": self.cleaned_data["team"].agency}


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
