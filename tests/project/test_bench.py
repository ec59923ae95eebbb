"""A floor under what `make bench` reports, so that no change lowers it unseen."""

import pytest
from django.utils import timezone

from bench.recognition import corpus, judge
from tests.helpers.delivered import publish_delivered


@pytest.mark.django_db
def test_resumes_are_read_as_well_as_they_were() -> None:
    publish_delivered()
    floors = {
        "tuned": {"skills": (0.95, 0.94), "titles": (0.97, 0.97)},
        "varied": {
            "skills": (0.97, 0.9), "titles": (0.93, 0.95), "education": (0.95, 0.9),
            "years in health care": (0.88, 0.8), "languages": (0.97, 0.93), "licenses": (0.95, 0.88),
        },
    }  # fmt: skip
    for part, kinds in floors.items():
        resumes = tuple(corpus(part))
        scores, _ = judge(resumes, at=timezone.now())
        assert len(resumes) >= 60
        below = {
            kind: scores[kind]
            for kind, (precision, recall) in kinds.items()
            if scores[kind].precision < precision or scores[kind].recall < recall
        }
        assert below == {}, part
