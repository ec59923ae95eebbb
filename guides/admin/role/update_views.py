"""The update of a draft's figures to the current releases: its effect is shown first, and nothing is published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from guides.diff.guide_diff import differences
from guides.models import Role
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.update_figures import plan_for, update_figures
from guides.publishing.drafts.update_plan import updated_guide

from .occupations import name_occupations
from .role_view import redirect_to_role, render_page, role_view


@role_view("change_role")
def update_role(request: HttpRequest, role: Role) -> HttpResponse:
    """Show what an update changes in the draft, then update it."""
    if request.method == "POST":
        plan = update_figures(role=role, by=request.user.get_username())
        count = len(plan.updates)
        message = ngettext(
            "Updated %d figure of the draft. Visitors see it after you publish.",
            "Updated %d figures of the draft. Visitors see them after you publish.",
            count,
        )
        messages.success(request, message % count)
        for note in plan.notes:
            messages.warning(request, note)
        return redirect_to_role(role)
    guide = compose(role)
    plan = plan_for(guide)
    changes = name_occupations(differences(guide, updated_guide(guide, plan)))
    return render_page(request, role, "update_figures", changes=changes, notes=plan.notes)


VIEWS = (("update", update_role),)
