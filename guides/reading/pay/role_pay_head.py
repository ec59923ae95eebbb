"""What search engines and social networks read of the pay pages of a role."""

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from guides.rendering import pay_jsonld
from guides.rendering.pay_jsonld import NamedWage
from guides.rendering.urls import absolute

from .role_pay_place import OccupationHere, RolePayHere


def head_of_place(page: RolePayHere) -> dict[str, str]:
    """Return the context of `guides/_head.html` for a role in an area."""
    slug = page.edition.slug
    address = absolute(reverse("guides:role-pay-place", args=(slug, page.area.slug)))
    about = _about(page)
    crumbs = (
        (_("Guides"), absolute(reverse("guides:browse"))),
        (page.edition.title, absolute(reverse("guides:guide", args=(slug,)))),
        (_("Pay by place"), absolute(reverse("guides:role-pay", args=(slug,)))),
        (page.area.name, address),
    )
    named = [NamedWage(_name_of(page, each), each.here.wage) for each in page.occupations]
    data = pay_jsonld.of_place(page.title, about, named, page.states, address=address, crumbs=crumbs)
    return {"address": address, "name": page.title, "about": about, "data": mark_safe(data)}  # noqa: S308 -- escaped


def _name_of(page: RolePayHere, here: OccupationHere) -> str:
    """Return the role's title for an occupation that is the role itself, and its official title otherwise."""
    return page.edition.title if here.occupation.is_own else here.occupation.title


def _about(page: RolePayHere) -> str:
    medians = [
        f"{_name_of(page, each)}: {', '.join(each.here.medians)}" for each in page.occupations if each.here.medians
    ]
    text = _("Typical pay %(place)s, %(period)s. %(medians)s.") % {
        "place": page.place, "period": page.period, "medians": "; ".join(medians),
    }  # fmt: skip
    return text if medians else page.title
