"""The state of drafts compared with their editions: published, changed, scheduled or withdrawn."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides import schema
from guides.models import (
    CareerLevel,
    Edition,
    EducationRoute,
    FieldOfWork,
    KeyFact,
    Outcome,
    Requirement,
    Role,
    RoleSkill,
    SalaryBand,
    Skill,
    Slugged,
    Source,
    Submission,
)  # fmt: skip
from guides.preflight.dating import OUTLOOK_FACTS, Aging, too_old_before
from guides.schema import Guide, InvalidGuide

from .compose import gather_data
from .mapping import PARTS

_LOOKUPS: dict[type[Slugged], tuple[str, ...]] = {
    FieldOfWork: ("field",),
    Skill: ("skills", "skills__broader"),
    Source: (
        *(f"{kind.related_name}__source" for kind in PARTS if kind.name in schema.FIGURES),
        "skills__certificate__source",
    ),
}


class State(models.TextChoices):
    NEW = "new", _("Not published")
    CHANGED = "changed", _("Unpublished changes")
    UNCHANGED = "same", _("Published as it is")
    SCHEDULED = "waiting", _("Scheduled as it is")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@transaction.atomic
def refresh(*, roles: Iterable[Role], digests: Mapping[int, str] = MappingProxyType({})) -> None:
    """Update the revision, the digest and the time of the last change of drafts.

    Call it after each change of a draft, or of a row that it uses.

    `digests` has those that are known already, by the role's key.
    """
    keys = [role.pk for role in roles]
    # Lock the roles before reading them, so that a concurrent change is refreshed before or after this one.
    locked = Role.objects.select_for_update(of=("self",)).select_related("field", "picture")
    for role in locked.filter(pk__in=keys).order_by("pk"):
        digest = digests.get(role.pk) or _digest(role)
        Role.objects.filter(pk=role.pk).update(revision=F("revision") + 1, digest=digest, updated_at=timezone.now())


def roles_using(shared: Iterable[Slugged]) -> QuerySet[Role]:
    """Return the roles whose drafts use one of these fields of work, skills or sources."""
    named = Q()
    for row in shared:
        named |= Q(**dict.fromkeys(_LOOKUPS[type(row)], row), _connector=Q.OR)
    return Role.objects.filter(named).distinct().select_related("field") if named else Role.objects.none()


def refresh_missing() -> int:
    """Compute the digests of drafts without one, such as those of fixtures. Return their number."""
    roles = tuple(Role.objects.filter(digest="").select_related("field", "picture"))
    for role in roles:
        Role.objects.filter(pk=role.pk, digest="").update(digest=_digest(role))
    return len(roles)


def digest_of(guide: Guide) -> str:
    """Return the digest that a draft gets when it says the same as a guide."""
    return _digest_of_data(guide.model_dump())


def _digest(role: Role) -> str:
    return _digest_of_data(gather_data(role))


def _digest_of_data(data: Mapping[str, Any]) -> str:
    try:
        return schema.digest(schema.dump(schema.validate(data)))
    except InvalidGuide:
        return Role.NO_GUIDE


def due(roles: QuerySet[Role], *, on: date) -> QuerySet[Role]:
    """Return the roles whose review is due on a day."""
    return roles.filter(review_due__lte=on)


def stale(roles: QuerySet[Role], *, on: date) -> QuerySet[Role]:
    """Return the roles with a figure that is too old on a day."""
    outlook = Q(kind__in=OUTLOOK_FACTS)
    past = (
        _past(SalaryBand, Aging.PAY, on)
        | _past(KeyFact, Aging.OUTLOOK, on, outlook)
        | _past(KeyFact, Aging.OTHER, on, ~outlook)
        | _past(EducationRoute, Aging.OTHER, on)
        | _past(CareerLevel, Aging.OTHER, on)
        | _past(Requirement, Aging.OTHER, on)
        | _past_fees(on)
    )
    return roles.filter(past)


def _past_fees(on: date) -> Exists:
    """Return a condition for roles with a fee that is too old. Without a period, it is as old as the access to it."""
    fees = RoleSkill.objects.filter(role=OuterRef("pk")).annotate(
        fee_of=Coalesce("skill__certificate__source__covers_to", "skill__certificate__source__seen_on")
    )
    has_fee = ~Q(skill__certificate__fee_currency="")
    return Exists(fees.filter(has_fee, fee_of__lt=too_old_before(Aging.FEE, on)))


def _past(figures: Any, aging: Aging, on: date, of_kind: Q | None = None) -> Exists:
    rows = figures.objects.filter(of_kind or Q(), role=OuterRef("pk"))
    return Exists(rows.filter(source__covers_to__lt=too_old_before(aging, on)))


def with_state(roles: QuerySet[Role], *, at: datetime) -> QuerySet[Any]:
    """Annotate roles with `state`, `live_number`, `scheduled`, `submitted` and `sent_back`.

    A draft is compared with the last edition that is live or scheduled.
    """
    of_role = Edition.objects.filter(role=OuterRef("pk")).order_by()
    live, to_come = of_role.live(at=at), of_role.upcoming(at=at)
    last = (live | to_come).order_by("-live_from")
    return roles.annotate(
        live_number=Subquery(live.values("number")[:1]),
        published_digest=Subquery(last.values("listing__digest")[:1]),
        live_digest=Subquery(live.values("listing__digest")[:1]),
        scheduled=Exists(to_come),
        outcome=Subquery(Submission.objects.filter(role=OuterRef("pk")).order_by("-at", "-pk").values("outcome")[:1]),
        was_seen=Exists(of_role.went_live(by=at)),
    ).annotate(
        state=Case(
            When(live_digest=F("digest"), published_digest=F("digest"), then=Value(State.UNCHANGED)),
            When(published_digest=F("digest"), then=Value(State.SCHEDULED)),
            When(published_digest__isnull=False, then=Value(State.CHANGED)),
            When(was_seen=True, then=Value(State.WITHDRAWN)),
            default=Value(State.NEW),
            output_field=models.CharField(),
        ),
        submitted=Case(When(outcome="", then=True), default=False),
        sent_back=Case(When(outcome=Outcome.SENT_BACK, then=True), default=False),
    )
