"""What do the extracts in the shape of the Standard Safeguarding Dataset hold?

Field names are the standard's own.  Person numbers are those of the sending authority's system.
"""

from holdfast.feeds.tables.codes import ETHNICITY_DFE, SEX, YES_NO, YES_NO_NA
from holdfast.feeds.tables.shape import (
    CodeList,
    Column,
    Table,
    birthday,
    code,
    day,
    flags,
    must,
    person_name,
    text,
)
from holdfast.feeds.tables.social_care_codes import (
    CLOSE_REASON,
    FACTOR,
    GENDER,
    MISSING_TYPE,
    PRIMARY_NEED,
    REFERRAL_SOURCE,
    UPN_UNKNOWN,
)

ADDRESS_TYPE = CodeList(
    "address type", {"Primary Address": "Where the person lives", "Placement": "Where they are placed"}
)


def _table(name: str, says: str, key: str, *columns: Column) -> Table:
    return Table(
        feed="social_care",
        name=name,
        says=says,
        columns=columns,
        key=(key,),
        per_authority=True,
        date_example="yyyy-mm-dd",
    )


PERSON = _table(
    "ssd_person",
    "Children known to social care, their brothers and sisters and parents.",
    "pers_person_id",
    must(text("pers_person_id", "The person's number in this authority's system.", "person number")),
    person_name("pers_forename", "First name.", "first name"),
    person_name("pers_surname", "Surname.", "surname"),
    code("pers_sex", SEX, "Sex.", "sex"),
    code("pers_gender", GENDER, "Gender as the person states it.", "gender"),
    code("pers_ethnicity", ETHNICITY_DFE, "Ethnicity.", "ethnicity"),
    birthday("pers_dob", "Date of birth.", "date of birth"),
    text("pers_common_child_id", "NHS number.", "NHS number"),
    text("pers_legacy_id", "The number in an earlier system.", "earlier number"),
    code(
        "pers_upn_unknown", UPN_UNKNOWN, "Why there is no unique pupil number.", "reason for no pupil number"
    ),
    code("pers_send_flag", YES_NO, "Whether there is an education, health and care plan.", "EHC plan"),
    day("pers_expected_dob", "When an unborn child is expected.", "expected date of birth"),
    day("pers_death_date", "Date of death.", "date of death"),
    code("pers_is_mother", YES_NO, "Whether the person is a mother.", "is a mother"),
    text("pers_nationality", "Nationality.", "nationality"),
)

LINKED_IDENTIFIERS = _table(
    "ssd_linked_identifiers",
    "Numbers other services use for the person.",
    "link_table_id",
    must(text("link_table_id", "The row's number.", "row number")),
    must(text("link_person_id", "The person's number.", "person number")),
    must(text("link_identifier_type", "Whose number it is, such as Unique Pupil Number.", "kind of number")),
    must(text("link_identifier_value", "The number.", "number")),
    day("link_valid_from_date", "First day it holds.", "valid from"),
    day("link_valid_to_date", "Last day it holds.", "valid to"),
)

ADDRESS = _table(
    "ssd_address",
    "Where the person has lived.",
    "addr_table_id",
    must(text("addr_table_id", "The row's number.", "row number")),
    flags("addr_address_json", "The parts of the address.", "address"),
    must(text("addr_person_id", "The person's number.", "person number")),
    code("addr_address_type", ADDRESS_TYPE, "Home or placement.", "address type"),
    day("addr_address_start_date", "First day there.", "start of the address"),
    day("addr_address_end_date", "Last day there.", "end of the address"),
    text("addr_address_postcode", "Postcode, without a space.", "postcode"),
)

CIN_EPISODES = _table(
    "ssd_cin_episodes",
    "Referrals and the episodes of help that followed.",
    "cine_referral_id",
    must(text("cine_referral_id", "The referral's number.", "referral number")),
    must(text("cine_person_id", "The person's number.", "person number")),
    must(day("cine_referral_date", "The day of the referral.", "referral date")),
    code("cine_cin_primary_need_code", PRIMARY_NEED, "The main need.", "primary need"),
    code("cine_referral_source_code", REFERRAL_SOURCE, "Who referred.", "referral source"),
    text("cine_referral_source_desc", "Who referred, in words.", "referral source in words"),
    flags("cine_referral_outcome_json", "What followed, as flags.", "referral outcome"),
    code("cine_referral_nfa", YES_NO, "Whether nothing further was done.", "no further action"),
    code("cine_close_reason", CLOSE_REASON, "Why it closed.", "reason for closing"),
    day("cine_close_date", "The day it closed.", "closing date"),
    text("cine_referral_team", "The team.", "team"),
    text("cine_referral_worker_id", "The worker's number.", "worker number"),
)

CIN_ASSESSMENTS = _table(
    "ssd_cin_assessments",
    "Assessments of children in need.",
    "cina_assessment_id",
    must(text("cina_assessment_id", "The assessment's number.", "assessment number")),
    must(text("cina_person_id", "The person's number.", "person number")),
    text("cina_referral_id", "The referral's number.", "referral number"),
    must(day("cina_assessment_start_date", "The day it began.", "start of the assessment")),
    code("cina_assessment_child_seen", YES_NO, "Whether the child was seen.", "child seen"),
    day("cina_assessment_auth_date", "The day it was authorised.", "authorisation date"),
    flags("cina_assessment_outcome_json", "What followed, as flags.", "assessment outcome"),
    code("cina_assessment_outcome_nfa", YES_NO, "Whether nothing further was done.", "no further action"),
    text("cina_assessment_team", "The team.", "team"),
    text("cina_assessment_worker_id", "The worker's number.", "worker number"),
)

ASSESSMENT_FACTORS = _table(
    "ssd_assessment_factors",
    "What assessments found.",
    "cinf_table_id",
    must(text("cinf_table_id", "The row's number.", "row number")),
    must(text("cinf_assessment_id", "The assessment's number.", "assessment number")),
    must(flags("cinf_assessment_factors_json", "Codes of the factors found.", "factors", FACTOR)),
)

MISSING_FROM_CARE = _table(
    "ssd_missing",
    "Missing episodes known to social care, with the offer of a return conversation.",
    "miss_table_id",
    must(text("miss_table_id", "The row's number.", "row number")),
    must(text("miss_person_id", "The person's number.", "person number")),
    must(day("miss_missing_episode_start_date", "The day it began.", "start of the episode")),
    code(
        "miss_missing_episode_type", MISSING_TYPE, "Missing, or away without authorisation.", "episode type"
    ),
    day("miss_missing_episode_end_date", "The day it ended.", "end of the episode"),
    code(
        "miss_missing_rhi_offered", YES_NO_NA, "Whether a return conversation was offered.", "return offered"
    ),
    code("miss_missing_rhi_accepted", YES_NO_NA, "Whether the child accepted it.", "return accepted"),
)

INVOLVEMENTS = _table(
    "ssd_involvements",
    "Workers and teams, with the first and last day.",
    "invo_involvements_id",
    must(text("invo_involvements_id", "The row's number.", "row number")),
    text("invo_professional_id", "The worker's number.", "worker number"),
    text("invo_professional_role_id", "The worker's role.", "role"),
    text("invo_professional_team", "The worker's team.", "team"),
    must(day("invo_involvement_start_date", "First day.", "start of the involvement")),
    day("invo_involvement_end_date", "Last day.", "end of the involvement"),
    text("invo_worker_change_reason", "Why the worker changed.", "reason for the change"),
    must(text("invo_person_id", "The person's number.", "person number")),
    text("invo_referral_id", "The referral's number.", "referral number"),
)

FAMILY = _table(
    "ssd_family",
    "Which people belong to one family.",
    "fami_table_id",
    must(text("fami_table_id", "The row's number.", "row number")),
    must(text("fami_family_id", "The family's number.", "family number")),
    must(text("fami_person_id", "The person's number.", "person number")),
)

SOCIAL_CARE = (
    PERSON,
    LINKED_IDENTIFIERS,
    ADDRESS,
    CIN_EPISODES,
    CIN_ASSESSMENTS,
    ASSESSMENT_FACTORS,
    MISSING_FROM_CARE,
    INVOLVEMENTS,
    FAMILY,
)
