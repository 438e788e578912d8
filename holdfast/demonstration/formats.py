"""What are the headings of each agency's export, and when does it arrive?"""

from datetime import time

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SUNDAY = 0, 1, 2, 3, 4, 6

HEADINGS = {
    (
        "police_custody",
        "custody",
    ): "custody_ref,record_version,nominal_id,arrested_at,arrived_at,station,surname,"
    "forenames,alias_details,dob,sex,ethnicity_16_1,nationality,address,postcode,offence,arrest_location,"
    "arrest_easting,arrest_northing,seized_property,co_detained_refs,appropriate_adult,released_at,outcome,"
    "bail_conditions,bail_return_at",
    (
        "police_missing",
        "missing",
    ): "misper_ref,record_version,nominal_id,reported_at,last_seen_at,reporter_name,"
    "reporter_relationship,surname,forenames,known_as,dob,sex,ethnicity_16_1,home_address,home_postcode,"
    "missing_from,in_care,risk_level,circumstances,status,found_at,found_place,found_easting,found_northing,"
    "found_by,found_with,return_comment",
    (
        "police_intel",
        "intel",
    ): "log_ref,record_version,log_type,submitted_at,event_at,source_eval,intel_assess,"
    "handling,handling_conditions,text,subjects,phones,vehicles,places,place_easting,place_northing,linked_refs",
    (
        "schools",
        "exclusions",
    ): "ExclusionRef,RecordVersion,UPN,Surname,Forename,PreferredForename,DOB,Sex,NCYear,"
    "Ethnicity,Postcode,SchoolURN,SchoolName,Category,Reason1,Reason2,Reason3,StartDate,EndDate,Sessions,"
    "SENStatus,LookedAfter,GovernorDecision",
    (
        "schools",
        "attendance_ap",
    ): "PlacementRef,UPN,Surname,Forename,DOB,CommissionerURN,ProviderURN,ProviderName,"
    "PlacementType,PlacementStart,PlacementEnd,WeekCommencing,PlannedHours,AttendedHours,AbsenceCode,Comment",
    (
        "yjs",
        "caseload",
    ): "yjs_ref,record_version,surname,forenames,alias,dob,sex,ethnicity_16_1,upn,nhs_number,"
    "address,postcode,looked_after,referral_source,intervention,opened,closed,case_manager,first_time_entrant,"
    "likelihood_reoffending,rosh,safety_wellbeing,education_status,first_court_date",
    ("yjs", "court"): "hearing_ref,line_no,record_version,yjs_ref,surname,forenames,dob,court,hearing_date,"
    "hearing_type,offence,offence_date,linked_custody_ref,plea,result_code,result_text,order_type,order_start,"
    "order_end,remand_status,condition_type,condition_detail,condition_start,condition_end,"
    "condition_end_reason,next_hearing_date",
    (
        "nrm",
        "decisions",
    ): "nrm_ref,record_version,surname,forenames,dob,sex,nationality,referring_organisation,"
    "first_responder,referral_date,la_code,exploitation_types,county_lines,decision_stage,decision,"
    "decision_date,notified_at,decision_body,reason",
    ("housing", "requests"): "request_ref,record_version,household_ref,applicant_surname,applicant_forename,"
    "applicant_dob,phone,address,postcode,household_members,request_date,request_type,reason,supporting_agency,"
    "target_area,priority_band,status,decision_date",
    (
        "housing",
        "tenancy",
    ): "tenancy_ref,record_version,household_ref,tenant_surname,tenant_forename,tenant_dob,"
    "joint_tenant,address,postcode,tenancy_type,start_date,end_date,household_members,arrears,"
    "absence_notified_from,absence_to,lapse_date,status,note",
    (
        "parents",
        "concerns",
    ): "call_ref,call_started_at,call_ended_at,caller_name,caller_relationship,caller_phone,"
    "child_name,child_age,child_dob,school,address_or_area,worry,started_when,urgent,consent_to_share,"
    "call_handler",
    ("voluntary", "contacts"): "No,YP,Name,D.O.B,Age,School / college,Area,Date,Worker,How,What happened,RAG,"
    "Action,Who,By when,Done?,CCE?,Who with",
    (
        "social_care",
        "ssd_person",
    ): "pers_person_id,pers_forename,pers_surname,pers_sex,pers_gender,pers_ethnicity,"
    "pers_dob,pers_common_child_id,pers_legacy_id,pers_upn_unknown,pers_send_flag,pers_expected_dob,"
    "pers_death_date,pers_is_mother,pers_nationality",
    ("social_care", "ssd_linked_identifiers"): "link_table_id,link_person_id,link_identifier_type,"
    "link_identifier_value,link_valid_from_date,link_valid_to_date",
    ("social_care", "ssd_address"): "addr_table_id,addr_address_json,addr_person_id,addr_address_type,"
    "addr_address_start_date,addr_address_end_date,addr_address_postcode",
    ("social_care", "ssd_cin_episodes"): "cine_referral_id,cine_person_id,cine_referral_date,"
    "cine_cin_primary_need_code,cine_referral_source_code,cine_referral_source_desc,cine_referral_outcome_json,"
    "cine_referral_nfa,cine_close_reason,cine_close_date,cine_referral_team,cine_referral_worker_id",
    ("social_care", "ssd_cin_assessments"): "cina_assessment_id,cina_person_id,cina_referral_id,"
    "cina_assessment_start_date,cina_assessment_child_seen,cina_assessment_auth_date,"
    "cina_assessment_outcome_json,cina_assessment_outcome_nfa,cina_assessment_team,cina_assessment_worker_id",
    (
        "social_care",
        "ssd_assessment_factors",
    ): "cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json",
    ("social_care", "ssd_missing"): "miss_table_id,miss_person_id,miss_missing_episode_start_date,"
    "miss_missing_episode_type,miss_missing_episode_end_date,miss_missing_rhi_offered,miss_missing_rhi_accepted",
    (
        "social_care",
        "ssd_involvements",
    ): "invo_involvements_id,invo_professional_id,invo_professional_role_id,"
    "invo_professional_team,invo_involvement_start_date,invo_involvement_end_date,invo_worker_change_reason,"
    "invo_person_id,invo_referral_id",
    ("social_care", "ssd_family"): "fami_table_id,fami_family_id,fami_person_id",
}

# When each sender's job reaches us: every day (None) or on one weekday.
ARRIVAL: dict[str, tuple[int | None, time]] = {
    "ed": (None, time(5, 19)),
    "custody": (None, time(6, 34)),
    "missing": (None, time(7, 4)),
    "concerns": (None, time(8, 4)),
    "exclusions": (MONDAY, time(8, 4)),
    "attendance_ap": (MONDAY, time(8, 9)),
    "intel": (TUESDAY, time(9, 4)),
    "caseload": (WEDNESDAY, time(9, 4)),
    "court": (WEDNESDAY, time(9, 9)),
    "decisions": (THURSDAY, time(10, 4)),
    "requests": (FRIDAY, time(12, 4)),
    "tenancy": (FRIDAY, time(12, 9)),
    "contacts": (FRIDAY, time(17, 4)),
}
SOCIAL_CARE_ARRIVAL: tuple[int | None, time] = (SUNDAY, time(22, 4))


def arrival_of(table: str) -> tuple[int | None, time]:
    return SOCIAL_CARE_ARRIVAL if table.startswith("ssd_") else ARRIVAL[table]
