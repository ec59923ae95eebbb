"""A floor under what `make bench` reports, so that no change lowers it unseen."""

import pytest
from django.utils import timezone

from bench.recognition import corpus, judge
from tests.helpers.delivered import publish_delivered


@pytest.mark.django_db
def test_resumes_are_read_as_well_as_they_were() -> None:
    publish_delivered()
    resumes = tuple(corpus("tuned"))
    scores, _ = judge(resumes, at=timezone.now())
    assert len(resumes) >= 60
    assert (scores["skills"].precision >= 0.95, scores["skills"].recall >= 0.93) == (True, True)
    assert (scores["titles"].precision >= 0.97, scores["titles"].recall >= 0.97) == (True, True)
