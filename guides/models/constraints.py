"""Constraints that several models have."""

from django.db import models
from django.db.models import CheckConstraint, Q


def one_of(field: str, words: type[models.TextChoices], *, or_empty: bool = False) -> CheckConstraint:
    """The field holds one of the words, whoever writes it."""
    allowed = [*([""] if or_empty else []), *words.values]
    return CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"%(app_label)s_%(class)s_{field}")
