"""What does a hospital's message about an emergency department attendance hold?

One FHIR R4 Bundle to a line; the columns are taken from its Patient, Encounter and Condition.
"""

from holdfast.feeds.tables.codes import ETHNICITY_NHS, FHIR_GENDER, NHS_NUMBER_STATUS
from holdfast.feeds.tables.shape import (
    Table,
    birthday,
    code,
    moment,
    must,
    person_name,
    place_name,
    taken_from,
    text,
)
from holdfast.feeds.terms import Format

ED = Table(
    feed="hospital",
    name="ed",
    says="Attendances at an emergency department of people under 18 with an injury.",
    key=("encounter_ref",),
    format=Format.NDJSON,
    date_example="yyyy-mm-ddThh:mm:ss+00:00",
    columns=(
        must(
            taken_from(
                "Encounter.identifier", text("encounter_ref", "The attendance number.", "attendance number")
            )
        ),
        taken_from("Patient.identifier", text("nhs_number", "The NHS number.", "NHS number")),
        taken_from(
            "Patient.identifier.extension",
            code("nhs_number_status", NHS_NUMBER_STATUS, "Whether the NHS number was traced."),
        ),
        taken_from("Patient.identifier", text("hospital_number", "The hospital's own number.")),
        taken_from("Patient.name.family", person_name("family_name", "The surname given at reception.")),
        taken_from("Patient.name.given", person_name("given_names", "The first names given at reception.")),
        taken_from("Patient.gender", code("sex", FHIR_GENDER, "The gender registered.", "gender")),
        taken_from("Patient.birthDate", birthday("dob", "The date of birth registered.", "date of birth")),
        taken_from("Patient.address", text("address", "The address registered.")),
        taken_from("Patient.address.postalCode", text("postcode", "The postcode registered.")),
        taken_from("Patient.extension", code("ethnicity", ETHNICITY_NHS, "The ethnic category registered.")),
        must(
            taken_from(
                "Encounter.period.start", moment("arrived", "When the patient came.", "time of arrival")
            )
        ),
        taken_from("Encounter.period.end", moment("left", "When the patient left.", "time of leaving")),
        taken_from("Encounter.reasonCode.coding", text("cause_code", "ICD-10 external cause of the injury.")),
        taken_from("Encounter.reasonCode.text", text("cause", "The cause in words.")),
        taken_from("Encounter.participant", text("came_with", "Who came with the patient.")),
        taken_from(
            "Encounter.hospitalization.dischargeDisposition",
            text("went_to", "Where the patient went: home, gp, ward or theatre."),
        ),
        taken_from("Encounter.serviceProvider", text("hospital_code", "The hospital's organisation code.")),
        taken_from("Encounter.serviceProvider.display", place_name("hospital", "The hospital's name.")),
        taken_from("Condition.code", text("snomed_code", "The injury in SNOMED CT.")),
        taken_from("Condition.code", text("injury", "The injury in words.")),
        taken_from("Condition.code", text("icd10_code", "The injury in ICD-10.")),
        taken_from("Condition.bodySite", text("body_site", "The part of the body.")),
        taken_from("Condition.note", text("note", "The clinician's note.")),
    ),
)
