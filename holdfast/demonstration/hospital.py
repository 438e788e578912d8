"""What do the hospitals send?  One FHIR R4 bundle for each injured child who came to A&E."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from random import Random

from holdfast.demonstration.shape import Child, Happening, Row
from holdfast.demonstration.stories import INJURY, Story
from holdfast.demonstration.tables import pick
from holdfast.demonstration.writing import later, local, nhs

PROFILE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
GENDERS = {"M": "male", "F": "female"}
# ICD-10 cause and wording; then SNOMED CT and ICD-10 of the injury, its name, where, and what was noted.
ASSAULTS = (
    ("X99", "Assault by sharp object", "125643001", "S41", "Open wound", "left upper arm",
     "Cut closed and dressed. Says it was not expected and does not feel safe going home by bus."),
    ("Y04", "Assault by bodily force", "125667009", "S00", "Contusion", "face",
     "Bruising. Asked for the lights low and for someone to sit nearby."),
    ("Y04", "Assault by bodily force", "125667009", "S20", "Contusion", "ribs",
     "Bruised ribs. Said: I fell. Later said that was not what happened."),
)  # fmt: skip
ACCIDENTS = (
    ("W01", "Fall on same level from slipping", "423125000", "S52.5", "Closed fracture of bone",
    "right wrist",
     "Playing football."),
    ("V18", "Pedal cyclist injured in noncollision", "399963005", "S50", "Abrasion", "elbow",
    "Came off a bike."),
    ("W21", "Striking against sports equipment", "125667009", "S80", "Contusion", "shin", "At PE."),
)  # fmt: skip
COMPANIONS = ("mother", "friend", "alone", "grandmother", "youth worker")

Json = dict[str, object]


def attendances(story: Story) -> Iterator[Row]:
    for nth, one in enumerate(story.of(INJURY), start=1):
        child = story.partnership.child(one.child)
        ref = f"EDQ{one.at:%y}{nth + 3000:06d}"
        ready = later(one.at, minutes=20) if one.visit else later(one.ends_at or one.at, minutes=30)
        bundle = _bundle(story, ref, child, one, ready)
        yield Row("hospital", "ed", "", ready, ref, bundle, 1, child.key, "injury", one.visit)


def _bundle(story: Story, ref: str, child: Child, one: Happening, sent: datetime) -> Json:
    rng = story.dice("hospital", ref)
    hospital = story.partnership.places_of(child.la_code, "hospital")[0]
    site = f"https://{hospital.org_code.lower()}.example.invalid"
    patient, encounter, condition = (str(uuid.UUID(int=rng.getrandbits(128), version=4)) for _ in range(3))
    options = ASSAULTS if one.what == "assault" else ACCIDENTS
    injury = options[0] if one.visit else pick(rng, options)
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": local(sent).isoformat(timespec="seconds"),
        "identifier": {"system": f"{site}/message", "value": encounter},
        "entry": [
            _entry(patient, _patient(child, site)),
            _entry(
                encounter, _encounter(rng, ref, one, site, patient, injury, hospital.name, hospital.org_code)
            ),
            _entry(condition, _condition(patient, encounter, injury)),
        ],
    }


def _entry(identity: str, resource: Json) -> Json:
    return {"fullUrl": f"urn:uuid:{identity}", "resource": resource}


def _coding(*codes: tuple[str, str], display: str = "") -> list[Json]:
    return [
        {"system": system, "code": code, **({"display": display} if display and nth == 0 else {})}
        for nth, (system, code) in enumerate(codes)
    ]


def _extension(name: str, system: str, code: str) -> Json:
    coding = _coding((f"https://fhir.hl7.org.uk/CodeSystem/UKCore-{system}", code))
    return {
        "url": f"{PROFILE}{name}".replace("UKCore-", "Extension-UKCore-"),
        "valueCodeableConcept": {"coding": coding},
    }


def _patient(child: Child, site: str) -> Json:
    home = child.home
    return {
        "resourceType": "Patient",
        "meta": {"profile": [f"{PROFILE}Patient"]},
        "extension": [_extension("EthnicCategory", "EthnicCategoryEngland", nhs(child.ethnicity))],
        "identifier": [
            {
                "extension": [
                    _extension("NHSNumberVerificationStatus", "NHSNumberVerificationStatusEngland", "01")
                ],
                "system": "https://fhir.nhs.uk/Id/nhs-number",
                "value": child.nhs_number,
            },
            {"system": f"{site}/mrn", "value": f"Q{child.key[1:]}{child.nhs_number[3:8]}"},
        ],
        "name": [{"use": "official", "family": child.surname, "given": [child.forename]}],
        "gender": GENDERS[child.sex],
        "birthDate": child.dob.isoformat(),
        "address": [{"use": "home", "line": [home.line], "city": home.town, "postalCode": home.postcode}],
    }


def _encounter(
    rng: Random,
    ref: str,
    one: Happening,
    site: str,
    patient: str,
    injury: tuple[str, ...],
    name: str,
    code: str,
) -> Json:
    period = {"start": local(one.at).isoformat(timespec="seconds")}
    if one.ends_at:
        period["end"] = local(one.ends_at).isoformat(timespec="seconds")
    leaving = {"hospitalization": {"dischargeDisposition": {"text": pick(rng, ("home", "home", "ward"))}}}
    return {
        "resourceType": "Encounter",
        "meta": {"profile": [f"{PROFILE}Encounter"]},
        "identifier": [{"system": f"{site}/encounter", "value": ref}],
        "status": "finished" if one.ends_at else "in-progress",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "EMER"},
        "subject": {"reference": f"urn:uuid:{patient}"},
        "period": period,
        "reasonCode": [{"coding": _coding(("http://hl7.org/fhir/sid/icd-10", injury[0])), "text": injury[1]}],
        **(leaving if one.ends_at else {}),
        "serviceProvider": {
            "identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": code},
            "display": name,
        },
        "participant": [
            {"type": [{"text": "accompanied by"}], "individual": {"display": pick(rng, COMPANIONS)}}
        ],
    }


def _condition(patient: str, encounter: str, injury: tuple[str, ...]) -> Json:
    _, _, snomed, icd, name, where, note = injury
    status = "http://terminology.hl7.org/CodeSystem/condition-"
    codes = (("http://snomed.info/sct", snomed), ("http://hl7.org/fhir/sid/icd-10", icd))
    return {
        "resourceType": "Condition",
        "meta": {"profile": [f"{PROFILE}Condition"]},
        "clinicalStatus": {"coding": _coding((f"{status}clinical", "active"))},
        "category": [{"coding": _coding((f"{status}category", "encounter-diagnosis"))}],
        "code": {"coding": _coding(*codes, display=name)},
        "bodySite": [{"text": where}],
        "subject": {"reference": f"urn:uuid:{patient}"},
        "encounter": {"reference": f"urn:uuid:{encounter}"},
        "note": [{"text": f"{name}, {where}. {note}"}],
    }
