"""Review: an author requests publication, and an editor publishes the draft or sends it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.models import Action, Outcome, Role, Submission
from guides.publishing import PublishingError, audit
from guides.publishing.drafts.compose import compose


@transaction.atomic
def request_review(*, role: Role, by: str, note: str = "") -> Submission:
    """Request publication. Raise PublishingError if it was requested before, or InvalidGuide."""
    role = Role.objects.select_for_update().get(pk=role.pk)
    compose(role)
    if waiting := Submission.objects.open().filter(role=role).first():
        raise PublishingError(
            _("%(who)s has already submitted this draft. An editor will review it.") % {"who": waiting.by}
        )
    submission = Submission(role=role, by=by, at=timezone.now(), note=note)
    submission.full_clean(validate_constraints=False)
    submission.save()
    audit.log(Action.SUBMITTED, actor=by, role=role, note=note)
    return submission


@transaction.atomic
def send_back(*, role: Role, by: str, answer: str) -> Submission:
    """Send a submitted draft back to its author with an answer. Raise PublishingError if none is submitted."""
    submission = close_review(role=role, by=by, outcome=Outcome.SENT_BACK, answer=answer)
    if submission is None:
        raise PublishingError(_("This draft is not submitted, so it cannot be sent back."))
    audit.log(Action.SENT_BACK, actor=by, role=role, note=answer)
    return submission


@transaction.atomic
def close_review(*, role: Role, by: str, outcome: Outcome, answer: str = "") -> Submission | None:
    """Close the open submission, if there is one."""
    submission = Submission.objects.open().select_for_update().filter(role=role).first()
    if submission is not None:
        submission.outcome, submission.answer = outcome, answer
        submission.answered_by, submission.answered_at = by, timezone.now()
        submission.full_clean(validate_constraints=False)
        submission.save()
    return submission
