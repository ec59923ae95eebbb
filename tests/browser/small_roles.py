"""Small published roles for tests that edit. Their admin pages are much lighter than those of the first guides."""

from django.contrib.auth.models import User
from django.utils.text import slugify

from tests.helpers.factories import an_edition, pay
from tests.helpers.users import PASSWORD

TITLES = (
    "Boatbuilder", "Coast Guard", "Diver", "Dockhand", "Ferry Pilot", "Fishmonger", "Harbor Master", "Mate",
    "Net Maker", "Oyster Farmer", "Rigger", "Sailmaker", "Shipwright", "Stevedore", "Surveyor", "Tugboat Captain",
)  # fmt: skip


def add() -> None:
    """Publish a guide with each of these titles, and set the editor's password. Processes of a site call this."""
    editor = User.objects.get()
    editor.set_password(PASSWORD)
    editor.save()
    for title in TITLES:
        an_edition(
            slug=slugify(title),
            title=title,
            alternative_titles=[],
            pay=[
                pay(basis="headline", low=30_000, median=40_000, high=55_000),
                pay(basis="level", level="Keeper", low=30_000, median=38_000, high=55_000),
            ],
            faqs=[
                {"question": "Is it lonely?", "answer": "At times."},
                {"question": "Is it dangerous?", "answer": "In a storm."},
                {"question": "Is it cold?", "answer": "In winter."},
                {"question": "Is it well paid?", "answer": "Fairly."},
            ],
        )
