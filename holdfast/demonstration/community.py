"""What do housing, Parent Line and the outreach workers send?  §5.9, §9."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from holdfast.demonstration.shape import LONDON, Adult, Child, Happening, Row
from holdfast.demonstration.stories import CONCERN, HOUSING, OUTREACH, Story
from holdfast.demonstration.tables import lines, pick
from holdfast.demonstration.writing import later, sent, uk_date, uk_time

REQUESTS, TENANCY = ("housing", "requests"), ("housing", "tenancy")
CONCERNS, CONTACTS = ("parents", "concerns"), ("voluntary", "contacts")
COUNCIL_TENANT_SHARE = 0.5  # our choice
AWAY = {"h21", "h04"}  # families staying elsewhere for safety, whose tenancy has a date to keep
ANSWERED_AFTER = timedelta(days=26)
CARRIED_FORWARD_WEEKS = 2  # at most: how long an outreach worker's line stays on the tracker


def requests(story: Story) -> Iterator[Row]:
    for nth, one in enumerate(story.of(HOUSING), start=1):
        ref = f"HR98-{nth + 700:04d}"
        yield _request(story, ref, one, 1)
        if one.at + ANSWERED_AFTER <= story.until:
            yield _request(story, ref, one, 2)


def _request(story: Story, ref: str, one: Happening, version: int) -> Row:
    child = story.partnership.child(one.child)
    adult = child.adults[0]
    agreed = one.at + ANSWERED_AFTER
    values = (
        ref, version, f"HH98{child.household[1:]}", adult.surname, adult.forename, uk_date(adult.dob),
        adult.phone,
        f"{child.home.line}, {child.home.town}", child.home.postcode, _members(story, child, with_dob=True),
        uk_date(one.at), "EMERGENCY" if child.times("L") else "TRANSFER",
        "Family have been threatened and do not feel safe at home", "Children's services", "", "A",
        "AGREED" if version == 2 else "OPEN", uk_date(agreed) if version == 2 else "",
    )  # fmt: skip
    ready = later(agreed if version == 2 else one.at, hours=3)
    return sent(REQUESTS, child.la_code, ready, ref, values, version=version, child=child.key)


def _members(story: Story, child: Child, *, with_dob: bool) -> str:
    """The children of a household as a housing officer types them."""
    children = [one for one in story.partnership.children if one.household == child.household]
    return "; ".join(f"{one.name} {uk_date(one.dob)}" if with_dob else one.name for one in children)


def tenancies(story: Story) -> Iterator[Row]:
    """All live tenancies at the start, then the families who are away."""
    seen: set[str] = set()
    for child in story.partnership.children:
        rng = story.dice("tenancy", child.household)
        is_tenant = rng.random() < COUNCIL_TENANT_SHARE or child.household in AWAY
        if child.household in seen or not is_tenant:
            continue
        seen.add(child.household)
        yield _tenancy(story, child, 1)
        if child.household in AWAY and later(story.starts, days=50) <= story.until:
            yield _tenancy(story, child, 2)


def _tenancy(story: Story, child: Child, version: int) -> Row:
    rng = story.dice("tenancy row", child.household)
    tenant, *others = child.adults
    ref = f"T98{child.household[1:]}0{child.la_code[-1]}"
    since = story.starts.date() - timedelta(days=rng.randint(400, 4000))
    left = later(story.starts, days=44) if version == 2 else None
    values = (
        ref, version, f"HH98{child.household[1:]}", tenant.surname, tenant.forename, uk_date(tenant.dob),
        others[0].name if others else "", f"{child.home.line}, {child.home.town}", child.home.postcode,
        "SECURE" if child.household in AWAY else pick(rng, ("SECURE", "ASSURED", "FLEXIBLE", "TEMP")),
        uk_date(since), "", _members(story, child, with_dob=False), pick(rng, (0, 0, 0, 120, 245)),
        uk_date(left), "", uk_date(later(left, days=84)) if left else "", "ABSENT" if left else "LIVE",
        "Staying away for safety; tenancy to be kept" if left else "",
    )  # fmt: skip
    ready = later(story.starts, days=50 if left else 0, hours=9)
    return sent(TENANCY, child.la_code, ready, ref, values, version=version, child=child.key)


def concerns(story: Story) -> Iterator[Row]:
    for nth, one in enumerate(story.of(CONCERN), start=1):
        child = story.partnership.child(one.child)
        rng = story.dice("call", nth)
        adult = pick(rng, child.adults)
        named = child.name if rng.random() < 0.6 else f"{child.called} {child.surname[0]}"
        ends = later(one.at, minutes=rng.randint(9, 34))
        dob = uk_date(child.dob) if rng.random() < 0.4 else ""
        worry = pick(rng, lines("worries")).format(first=child.called)
        values = (
            f"PL98{nth + 2000:05d}", uk_time(one.at), uk_time(ends), *_caller(adult, rng.random() < 0.2),
            named,
            child.age_on(one.at.date()), dob, child.school.name,
            pick(rng, (child.home.street, child.home.postcode, child.home.town)), worry,
            pick(rng, ("about a week", "since the summer", "two months", "tonight")),
            "Y" if one.visit or rng.random() < 0.3 else "N", pick(rng, "YYP"),
            pick(rng, ("Gwen Ellacott", "Aled Morgan-Price")),
        )  # fmt: skip
        yield sent(CONCERNS, "", ends, str(values[0]), values, child=child.key, visit=one.visit)


def _caller(adult: Adult, is_withheld: bool) -> tuple[str, str, str]:
    if is_withheld:
        return "", adult.relationship, ""
    return adult.name, adult.relationship, adult.phone


def contacts(story: Story) -> Iterator[Row]:
    """The tracker's lines: each stands on it from its first Friday until its action is done."""
    for nth, one in enumerate(story.of(OUTREACH), start=1):
        rng = story.dice("tracker", one.child, one.number)
        values = _line(story, nth + 200, one)
        for week in range(1 + rng.randint(0, CARRIED_FORWARD_WEEKS)):
            ready = _friday(one.at, week)
            if ready <= story.until:
                version = week + 1
                yield sent(CONTACTS, "", ready, str(nth + 200), values, version=version, child=one.child)


def _friday(at: datetime, weeks_on: int) -> datetime:
    day = at.date() + timedelta(days=(4 - at.date().weekday()) % 7 + 7 * weeks_on)
    return max(datetime(day.year, day.month, day.day, 16, 30, tzinfo=LONDON), at)


def _line(story: Story, number: int, one: Happening) -> tuple[object, ...]:
    child = story.partnership.child(one.child)
    rng = story.dice("line", number)
    worker = pick(rng, ("Mika", "Corin", "Rhys", "Del"))
    named = pick(rng, (child.name, child.name, child.called, f"{child.called} {child.surname}"))
    action = pick(rng, ("", "ring Tues", "ask about Saturday club", "tell social worker", "lift to boxing"))
    return (
        number, child.forename[0] + child.surname[0], named, _typed_dob(child, number),
        child.age_on(one.at.date()), child.school.name, child.home.street, _typed_date(one.at, number),
        worker,
        pick(rng, ("Street", "Phone", "Home visit", "School drop in", "1:1", "Text")),
        pick(rng, lines("outreach")).format(first=child.called), pick(rng, ("Green", "amber", "A", "g",
        "RED")),
        action, "me" if action else "", uk_date(later(one.at, days=9)) if action else "",
        "", pick(rng, ("", "?", "n", "y")), "",
    )  # fmt: skip


def _typed_date(at: datetime, number: int) -> object:
    """A date as each worker likes to type it; a real date cell now and then."""
    styles = (
        at.strftime("%d/%m/%y"),
        at.strftime("%d.%m.%Y"),
        at.strftime("%a %d %b"),
        at.strftime("%Y-%m-%d"),
    )
    return datetime(at.year, at.month, at.day) if number % 5 == 0 else styles[number % len(styles)]


def _typed_dob(child: Child, number: int) -> object:
    dob: date = child.dob
    if number % 7 == 0:
        return "?"
    return datetime(dob.year, dob.month, dob.day) if number % 3 == 0 else dob.strftime("%d/%m/%Y")
