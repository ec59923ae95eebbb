"""Requirements of roles in words, such as 'a bachelor’s degree and 2–4 years of clinical work'."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.choices import EducationLevel
from guides.requirements import RequirementKind
from guides.schema import Certificate
from guides.schema.types import Duration
from guides.summary import SummaryRequirement

from . import figures

EDUCATION = {
    EducationLevel.HIGH_SCHOOL: gettext_lazy("a high school diploma or GED"),
    EducationLevel.POSTSECONDARY: gettext_lazy("a certificate or vocational training"),
    EducationLevel.ASSOCIATE: gettext_lazy("an associate degree"),
    EducationLevel.BACHELOR: gettext_lazy("a bachelor’s degree"),
    EducationLevel.MASTER: gettext_lazy("a master’s degree"),
    EducationLevel.DOCTORAL: gettext_lazy("a doctoral or professional degree"),
}
"""The levels of education as objects of a verb. The lowest level requires nothing."""


def phrases(way: SummaryRequirement) -> dict[RequirementKind, str]:
    """Return what a way requires, by kind, as objects of a verb: 'a bachelor’s degree', '2–4 years of nursing'."""
    education = EDUCATION.get(EducationLevel(way.education)) if way.education else None
    found = {
        RequirementKind.EDUCATION: str(education or ""),
        RequirementKind.EXPERIENCE: _experience(way),
        RequirementKind.CERTIFICATE: way.certificate_name or way.certificate,
    }
    return {kind: phrase for kind, phrase in found.items() if phrase}


def sentence(way: SummaryRequirement) -> str:
    """Return a way as a sentence without a verb: 'A bachelor’s degree and 2–4 years of clinical work.'"""
    text = joined(phrases(way).values()) or _("no formal education")
    return f"{text[:1].upper()}{text[1:]}."


def certificate(facts: Certificate) -> str:
    """Return the issuer and the fee of a certificate in a sentence or two."""
    if facts.fee is None:
        return _("Issued by %s.") % facts.issuer
    return _("Issued by %(issuer)s. The exam costs %(fee)s.") % {"issuer": facts.issuer, "fee": figures.cost(facts.fee)}


def years(way: SummaryRequirement) -> str:
    """Return the required years, such as '2–4 years' or 'at least 1 year', or ''."""
    if not way.years_from:
        return ""
    low = Decimal(way.years_from)
    if way.years_to is None:
        return _("at least %s") % figures.in_years(low)
    return figures.measure(Duration(low=low, high=Decimal(way.years_to), unit="year"))


def joined(texts: Iterable[str]) -> str:
    """Join phrases with commas and 'and'."""
    return _listed(tuple(texts), _("and"))


def either(texts: Iterable[str]) -> str:
    """Join phrases with commas and 'or'."""
    return _listed(tuple(texts), _("or"))


def _experience(way: SummaryRequirement) -> str:
    return _("%(years)s of %(work)s") % {"years": years(way), "work": way.experience} if way.years_from else ""


def _listed(texts: tuple[str, ...], conjunction: str) -> str:
    if len(texts) < 3:
        return f" {conjunction} ".join(texts)
    return f"{', '.join(texts[:-1])}, {conjunction} {texts[-1]}"
