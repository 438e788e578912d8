"""What do children's services tell us in the Standard Safeguarding Dataset?"""

from holdfast.chronology.terms import EventKind
from holdfast.feeds.adapters.told import Row, Told, end_at, event, sentence


def episode(row: Row) -> Told:
    closed = row.get("cine_close_date")
    facts = event(
        row,
        EventKind.SOCIAL_CARE,
        "Children's services: referral" + (", now closed" if closed else ""),
        row.get("cine_referral_date"),
        code=row.text("cine_cin_primary_need_code"),
        ended_at=end_at(closed),
        text=sentence(row.text("cine_referral_source_desc")),
    )
    return Told(
        events=(facts,),
        opens="" if closed else "Children's services are working with this child",
        lives_in=row.la_code,
        lives_since=row.get("cine_referral_date"),
    )


def assessment(row: Row) -> Told:
    facts = event(
        row,
        EventKind.ASSESSMENT,
        "Children's services: assessment",
        row.get("cina_assessment_start_date"),
        ended_at=end_at(row.get("cina_assessment_auth_date")),
    )
    return Told(events=(facts,))


def missing(row: Row) -> Told:
    offered, accepted = row.text("miss_missing_rhi_offered"), row.text("miss_missing_rhi_accepted")
    words = {"Y": "Return conversation offered", "N": "Return conversation not offered"}.get(offered, "")
    facts = event(
        row,
        EventKind.MISSING,
        "Was missing, children's services say",
        row.get("miss_missing_episode_start_date"),
        code=row.text("miss_missing_episode_type"),
        ended_at=end_at(row.get("miss_missing_episode_end_date")),
        text=sentence(words, "Accepted" if accepted == "Y" else ""),
    )
    return Told(events=(facts,))


def involvement(row: Row) -> Told:
    """A worker or team of children's services, from when until when."""
    team = row.text("invo_professional_team")
    facts = event(
        row,
        EventKind.INVOLVEMENT,
        f"Children's services: a worker{' of ' + team if team else ''}",
        row.get("invo_involvement_start_date"),
        ended_at=end_at(row.get("invo_involvement_end_date")),
    )
    return Told(events=(facts,))
