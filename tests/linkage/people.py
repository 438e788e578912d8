"""Profiles for the linkage tests, said in few words."""

from datetime import date

from holdfast.linkage.terms import Identifier, IdentifierKind, Name, NameKind, Profile, Sex

POLICE = "police"


def name(text: str, kind: NameKind = NameKind.RECORDED) -> Name:
    """ "Megan SHAW" -> given and family name; one word alone is a given name."""
    given, _, family = text.rpartition(" ") if " " in text else (text, "", "")
    return Name(given, family, kind)


def profile(
    ref: str,
    *names: str | Name,
    born: str = "",
    at: str = "",
    home: str = "",
    sex: str = "",
    source: str = "",
    phone: str = "",
    year: int | None = None,
    **numbers: str,
) -> Profile:
    """Return a profile; `numbers` by kind: nhs="…", upn="…", nominal="…", person="issuer:value"."""
    return Profile(
        ref=ref,
        source=source or ref,
        names=frozenset(one if isinstance(one, Name) else name(one) for one in names),
        born_on=frozenset(date.fromisoformat(day) for day in born.split()),
        approx_birth_year=year,
        sex=Sex(sex) if sex else None,
        postcodes=frozenset({at} if at else ()),
        addresses=frozenset({home} if home else ()),
        phones=frozenset({phone} if phone else ()),
        identifiers=frozenset(_identifier(kind, text) for kind, text in numbers.items()),
    )


def _identifier(kind: str, text: str) -> Identifier:
    issuer, _, value = text.rpartition(":")
    if kind == IdentifierKind.NOMINAL:
        issuer = POLICE
    return Identifier(IdentifierKind(kind), issuer, value)
