"""Which children does this reader find under a name, a birth date or a number?"""

from datetime import datetime

from holdfast.access.queries import people_for
from holdfast.people.models import Practitioner
from holdfast.people.queries import identities
from holdfast.web.building import words
from holdfast.web.parts import Choice

MOST = 8  # children on one screen of a phone, our choice


def children_found(by: Practitioner, query: str, now: datetime) -> list[Choice]:
    people = people_for(by, now)
    for part in query.split():
        people = people.filter(
            pk__in=people_for(by, now).filter(records__names__family__istartswith=part)
            | people_for(by, now).filter(records__names__given__istartswith=part)
        )
    found = list(people.distinct()[:MOST])
    who = identities([person.pk for person in found])
    return [
        Choice(person.ref, who[person.pk].full_name, words.age_words(who[person.pk], now)) for person in found
    ]
