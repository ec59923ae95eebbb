"""Constraints that several models share."""

from django.db import models
from django.db.models import CheckConstraint, Q


def one_of(field: str, words: type[models.TextChoices], *, or_empty: bool = False) -> CheckConstraint:
    """Return a constraint that allows only these choices in a field."""
    allowed = [*([""] if or_empty else []), *words.values]
    return CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"%(app_label)s_%(class)s_{field}")
