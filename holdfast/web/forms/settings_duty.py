"""What is asked about who is on, who is told next, and what is promised?  S24."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django import forms

from holdfast.moments.models import Kind
from holdfast.people.models import Practitioner
from holdfast.rota.commands import LONGEST_WAIT
from holdfast.rota.rules import LadderStep
from holdfast.rota.terms import Whom
from holdfast.web.building.rota import WHOM
from holdfast.web.forms.settings import CHOOSE
from holdfast.web.widgets import DayField

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MINUTES = HOUR // MINUTE
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NARROW = {"class": "govuk-input--width-5"}

LENGTH = re.compile(
    r"(?:(\d{1,3}) *d(?:ays?)?)? *(?:(\d{1,4}) *h(?:ours?)?)? *(?:(\d{1,5}) *m(?:in(?:utes?)?)?)?",
    re.IGNORECASE,
)
LONGEST_LENGTH = 28 * DAY  # our choice: a promise further off is a plan


def read_length(text: str) -> timedelta | None:
    """Return the length of "15 min", "2 h 30 min" or "3 days"; None for anything else."""
    found = LENGTH.fullmatch(text.strip())
    if not found or not any(found.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def write_length(length: timedelta) -> str:
    """Return a length as it can be typed again: "15 min", "2 h 30 min", "3 days"."""
    if length >= 2 * DAY and not length % DAY:
        return f"{length // DAY} days"
    hours, minutes = divmod(length // MINUTE, MINUTES)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{minutes} min"] if minutes or not parts else parts)


class LengthField(forms.CharField):
    def __init__(self, *, initial: timedelta, help_text: str = "", **kwargs: Any) -> None:
        said = f"{help_text} As 15 min, 2 h 30 min or 3 days.".strip()
        widget = forms.TextInput(attrs={"class": "govuk-input--width-10"})
        super().__init__(initial=initial, help_text=said, widget=widget, max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return write_length(value) if isinstance(value, timedelta) else value

    def clean(self, value: Any) -> timedelta:
        length = read_length(super().clean(value))
        if length is None:
            raise forms.ValidationError("Write how long as 15 min, 2 h 30 min or 3 days")
        if not MINUTE <= length <= LONGEST_LENGTH:
            raise forms.ValidationError(f"Between 1 minute and {write_length(LONGEST_LENGTH)}")
        return length


TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))? *(am|pm)?", re.IGNORECASE)
NOON = 12  # o'clock


def read_time(text: str) -> time | None:
    """Return the time of "19:00", "19.00", "1900", "7pm" or "19"; 24:00 is midnight.  None for all else."""
    found = TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if half == "pm" else 0)
    if (hour, minute) == (2 * NOON, 0):
        return time(0)
    return time(hour, minute) if hour < 2 * NOON and minute < MINUTES else None


class ClockField(forms.CharField):
    """A time of day as people write it; never a guess: "17" is five in the afternoon."""

    def __init__(self, *, label: str, help_text: str) -> None:
        super().__init__(
            label=label, help_text=help_text, max_length=10, widget=forms.TextInput(attrs=NARROW)
        )

    def clean(self, value: Any) -> time:
        found = read_time(super().clean(value))
        if found is None:
            raise forms.ValidationError("Write the time as 19:00")
        return found


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.agency}"


class _AboutPeople(forms.Form):
    """A form that asks for somebody who may be on."""

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].queryset = people  # type: ignore[attr-defined]


class TurnForm(_AboutPeople):
    practitioner = PersonField(
        Practitioner.objects.none(),
        label="Who?",
        empty_label=CHOOSE,
        help_text="Everyone whose role may answer for a child.",
    )
    weekdays = forms.TypedMultipleChoiceField(
        label="On which days?",
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
        help_text="A night counts as the day on which it begins.",
    )
    starts = ClockField(label="From", help_text="As 19:00.")
    until = ClockField(label="Until", help_text="As 07:00. At or before the start means the next morning.")
    first_on = DayField(
        label="From which day?", help_text="For example 27 3 2026. Left empty: from today.", required=False
    )
    last_on = DayField(
        label="Until which day?",
        help_text="Left empty: every week until it is changed. The same day twice: once only.",
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_first_on(self) -> date:
        first: date = self.cleaned_data["first_on"] or self.today
        if first < self.today:
            raise forms.ValidationError("This day is over. Choose today or a later day")
        return first

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "The last day comes before the first")
        elif first and last and (late := self._never(first, last, given.get("weekdays", []))):
            self.add_error("weekdays", f"There is no {late} between the two days")
        return given

    def _never(self, first: date, last: date, weekdays: Iterable[int]) -> str:
        """Return the first chosen weekday that does not come between two days."""
        days = {(first + n * DAY).weekday() for n in range(min((last - first).days + 1, len(WEEKDAYS)))}
        return next((WEEKDAYS[day] for day in weekdays if day not in days), "")

    def turns(self) -> list[dict[str, Any]]:
        """Return one turn for each day chosen."""
        given = dict(self.cleaned_data)
        return [{**given, "weekday": day} for day in given.pop("weekdays")]


class EndTurnForm(forms.Form):
    last_on = DayField(
        label="For the last time on", help_text="Whoever is on stays on until that turn is over."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].initial = self.today = today

    def clean_last_on(self) -> date:
        last: date = self.cleaned_data["last_on"]
        if last < self.today:
            raise forms.ValidationError("This day is over. Choose today or a later day")
        return last


class CoverForm(_AboutPeople):
    on = forms.TypedChoiceField(label="On which day?", coerce=date.fromisoformat)
    practitioner = PersonField(Practitioner.objects.none(), label="Who takes it?", empty_label=CHOOSE)

    def __init__(self, *args: Any, days: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].choices = [("", CHOOSE), *days]  # type: ignore[attr-defined]


class StepForm(_AboutPeople):
    whom = forms.ChoiceField(label="Who is told?", choices=[(one, words) for one, words in WHOM.items()])
    practitioner = PersonField(
        Practitioner.objects.none(), label="If somebody named: who?", required=False, empty_label="Nobody"
    )
    minutes = forms.IntegerField(
        label="Minutes to wait for an answer",
        min_value=1,
        max_value=LONGEST_WAIT // MINUTE,
        initial=5,
        widget=forms.TextInput(attrs={**NARROW, "inputmode": "numeric"}),
        help_text=f"{LONGEST_WAIT // MINUTE} at most. Then the next step begins.",
    )
    place = forms.TypedChoiceField(label="When?", coerce=int)

    def __init__(self, *args: Any, steps: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [
            (0, "First, at once"),
            *((number, f"After step {number}") for number in range(1, steps + 1)),
        ]
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["place"].initial = steps

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
    label = forms.CharField(
        label="What the board says", max_length=80, help_text="Two or three words: Moved out of area."
    )
    sentence = forms.CharField(
        label="Why am I seeing this?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence, which everyone who sees the moment reads. Begin: You see this because …",
    )
    answer_within = LengthField(
        label="Somebody has answered within", initial=15 * MINUTE, help_text="Our promise to whoever told us."
    )
    contact_within = LengthField(
        label="Somebody is with the child within", initial=2 * HOUR, help_text="Our promise to the child."
    )
    told_as = forms.CharField(
        label="What the large button says",
        max_length=40,
        required=False,
        help_text="Left empty: what the board says.",
    )
    hint = forms.CharField(label="The line under the large button", max_length=120, required=False)
    order = forms.IntegerField(
        label="Place among the buttons",
        min_value=1,
        max_value=999,
        initial=50,
        widget=forms.TextInput(attrs={**NARROW, "inputmode": "numeric"}),
        help_text="1 comes first.",
    )


class KindChangeForm(KindForm):
    is_told_by_people = forms.BooleanField(
        label="Offered when somebody says that something has happened",
        required=False,
        help_text="What agencies’ files raise is raised either way.",
    )

    @classmethod
    def of(cls, kind: Kind, data: Any = None) -> "KindChangeForm":
        return cls(data, initial={name: getattr(kind, name) for name in cls.base_fields})

    def clean_told_as(self) -> str:
        return self.cleaned_data["told_as"] or str(self.cleaned_data.get("label", ""))[:40]
