import pytest

from tests.helpers.delivered import publish_delivered


@pytest.fixture
def _delivered(db: None) -> None:
    publish_delivered()
