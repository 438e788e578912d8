"""What does a hospital's FHIR R4 message say?

Our own small reading of one Bundle: a Patient, an Encounter, a Condition.  Anything else in the
message is left alone.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
_ICD_10, _SNOMED = "http://hl7.org/fhir/sid/icd-10", "http://snomed.info/sct"


class NotABundle(Exception):
    """Carries what to tell the sender."""


def read_bundle(line: str) -> dict[str, str]:
    """Return the cells of one message.  Raises NotABundle."""
    try:
        message = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise NotABundle("is not a JSON message") from None
    if not isinstance(message, dict) or message.get("resourceType") != "Bundle":
        raise NotABundle("is not a FHIR Bundle")
    encounter = _only(message, "Encounter")
    patient = _patient_of(message, encounter)
    condition = next(_resources(message, "Condition"), {})
    cells = {**_patient_cells(patient), **_encounter_cells(encounter), **_condition_cells(condition)}
    return {name: text for name, text in cells.items() if text}


def _resources(message: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    for entry in _list(message, "entry"):
        resource = _dict(entry, "resource")
        if resource.get("resourceType") == kind:
            yield resource


def _only(message: dict[str, Any], kind: str) -> dict[str, Any]:
    found = list(_resources(message, kind))
    if len(found) != 1:
        raise NotABundle(f"holds {len(found)} resources of type {kind} where there must be one")
    return found[0]


def _patient_of(message: dict[str, Any], encounter: dict[str, Any]) -> dict[str, Any]:
    """Of several patients, the one the encounter is about."""
    wanted = _text(encounter, "subject", "reference")
    for entry in _list(message, "entry"):
        resource = _dict(entry, "resource")
        if resource.get("resourceType") == "Patient" and wanted and entry.get("fullUrl") == wanted:
            return resource
    return _only(message, "Patient")


def _patient_cells(patient: dict[str, Any]) -> dict[str, str]:
    identifiers = _list(patient, "identifier")
    nhs = next((i for i in identifiers if i.get("system") == NHS_NUMBER), {})
    local = next((i for i in identifiers if i.get("system") != NHS_NUMBER), {})
    names = _list(patient, "name")
    name = next((n for n in names if n.get("use") == "official"), names[0] if names else {})
    address = next(iter(_list(patient, "address")), {})
    lines = [*_texts(address, "line"), _text(address, "city")]
    return {
        "nhs_number": _text(nhs, "value"),
        "nhs_number_status": _extension_code(nhs, "NHSNumberVerificationStatus"),
        "hospital_number": _text(local, "value"),
        "family_name": _text(name, "family"),
        "given_names": " ".join(_texts(name, "given")),
        "sex": _text(patient, "gender"),
        "dob": _text(patient, "birthDate"),
        "address": ", ".join(line for line in lines if line),
        "postcode": _text(address, "postalCode"),
        "ethnicity": _extension_code(patient, "EthnicCategory"),
    }


def _encounter_cells(encounter: dict[str, Any]) -> dict[str, str]:
    reason = next(iter(_list(encounter, "reasonCode")), {})
    hospital = _dict(encounter, "serviceProvider")
    came_with = next(iter(_list(encounter, "participant")), {})
    return {
        "encounter_ref": _text(next(iter(_list(encounter, "identifier")), {}), "value"),
        "arrived": _text(encounter, "period", "start"),
        "left": _text(encounter, "period", "end"),
        "cause_code": _coding(reason, _ICD_10).get("code", ""),
        "cause": _text(reason, "text"),
        "came_with": _text(came_with, "individual", "display"),
        "went_to": _text(encounter, "hospitalization", "dischargeDisposition", "text"),
        "hospital_code": _text(hospital, "identifier", "value"),
        "hospital": _text(hospital, "display"),
    }


def _condition_cells(condition: dict[str, Any]) -> dict[str, str]:
    code = _dict(condition, "code")
    snomed = _coding(code, _SNOMED)
    return {
        "snomed_code": snomed.get("code", ""),
        "injury": snomed.get("display", "") or _text(code, "text"),
        "icd10_code": _coding(code, _ICD_10).get("code", ""),
        "body_site": _text(next(iter(_list(condition, "bodySite")), {}), "text"),
        "note": "\n".join(text for note in _list(condition, "note") if (text := _text(note, "text"))),
    }


def _extension_code(thing: dict[str, Any], ending: str) -> str:
    for extension in _list(thing, "extension"):
        if _text(extension, "url").endswith(ending):
            coding = next(iter(_list(_dict(extension, "valueCodeableConcept"), "coding")), {})
            return _text(coding, "code")
    return ""


def _coding(concept: dict[str, Any], system: str) -> dict[str, str]:
    for coding in _list(concept, "coding"):
        if coding.get("system") == system:
            return {key: _text(coding, key) for key in ("code", "display")}
    return {}


def _dict(thing: dict[str, Any], key: str) -> dict[str, Any]:
    found = thing.get(key)
    return found if isinstance(found, dict) else {}


def _list(thing: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = thing.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _texts(thing: dict[str, Any], key: str) -> list[str]:
    found = thing.get(key)
    return [_plain(item) for item in found] if isinstance(found, list) else []


def _text(thing: dict[str, Any], *path: str) -> str:
    for key in path[:-1]:
        thing = _dict(thing, key)
    return _plain(thing.get(path[-1]))


def _plain(value: Any) -> str:
    """Return a value that a sender may have written as a number where the standard says text."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
