"""What editors do, one numbered act after the other, and whether what is stored can be what they have done.

To be imported first in a program of its own: it sets Django up.
"""

import os
import sys
from collections.abc import Callable
from io import BytesIO

import django

django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone
from PIL import Image as Picture

from guides import schema
from guides.media import names
from guides.models import Edition, FullText, Image, Listing, Role
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.images import store_image
from guides.publishing.drafts.importing import import_file
from guides.publishing.editions.publish import publish
from tests.helpers.admin import save
from tests.helpers.factories import a_guide
from tests.helpers.servers import empty_site

SLUG = "lighthouse-keeper"
setup_test_environment()  # a response tells its form, which a save sends back


def told(number: int) -> str:
    return f"Change {number}."


def begin() -> None:
    """An editor, and a draft that tells the number nought, in an empty database."""
    empty_site(settings.DATA_DIR)
    if not settings.STATIC_ROOT.exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    User.objects.create_superuser("ada", password="correct horse battery")
    import_one(0)


def import_one(number: int) -> None:
    """A draft that tells the number in three tables."""
    path = settings.DATA_DIR / f"guide-{number}.json"
    said = told(number)
    guide = a_guide(
        summary=said, routes=[], skills=[],
        steps=[{"title": "Row", "body": said}], faqs=[{"question": "Why?", "answer": said}],
    )  # fmt: skip
    path.write_text(schema.dump(guide))
    import_file(path, by="Ada")
    path.unlink()


def publish_one(number: int) -> None:
    import_one(number)
    publish(role=Role.objects.get(), by="Ada")


def save_one(number: int) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get())
    said = told(number)
    save(client, Role.objects.get(), summary=said, **{"entry_steps-0-body": said, "faqs-0-answer": said})


def upload_one(number: int) -> None:
    content = BytesIO()
    # As strong as no other: processes that were forked begin with the same noise, and the same picture is kept once.
    Picture.effect_noise((1_200, 900), 1 + number / 8).save(content, "PNG")
    store_image(file=ContentFile(content.getvalue(), f"{number}.png"), by="Ada")


ACTS: dict[str, Callable[[int], None]] = {
    "publish": publish_one, "save": save_one, "import": import_one, "upload": upload_one,
}  # fmt: skip


def what_is_wrong(*, draft: range = range(1), published: range = range(0), taken: int = 0, newest: int = 0) -> str:
    """What is lost or half done, as a sentence, or ''.

    The draft is to tell one of some numbers, the same wherever it tells one, and so is the live edition, if any of
    them is given; so many images are to be there, and the newest of them whole.
    """
    guide = compose(Role.objects.get())
    said = {guide.summary, guide.steps[0].body, guide.faqs[0].answer}
    if len(said) > 1 or said - set(map(told, draft)):
        return f"the draft says {said}, and not one number of {draft}"
    return _editions(published) or _images(taken, newest)


def _editions(published: range) -> str:
    editions = list(Edition.objects.order_by("number"))
    live = list(Edition.objects.live(at=timezone.now()))
    if [edition.number for edition in editions] != list(range(1, len(editions) + 1)) or len(live) > 1:
        return f"editions {[(edition.number, edition.live_from, edition.live_until) for edition in editions]}"
    for model in (Listing, FullText):
        if model.objects.count() != len(editions):
            return f"{model.objects.count()} rows of {model} for {len(editions)} editions"
    if published:
        page = Client(SERVER_NAME="127.0.0.1").get(f"/guides/{SLUG}/")
        if not live or live[0].summary not in map(told, published):
            return f"live is {live}, and not one number of {published}"
        if page.status_code != 200 or live[0].summary not in page.content.decode():
            return f"the site answers {page.status_code}, without {live[0].summary!r}"
    return ""


def _images(taken: int, newest: int) -> str:
    if Image.objects.count() < taken:
        return f"{Image.objects.count()} images, and {taken} were taken in"
    for image in Image.objects.order_by("-pk")[:newest]:
        for name in names.files_of(image.name):
            with storages["images"].open(name) as file:
                Picture.open(file).load()
    return ""


def in_a_child(do: Callable[[], object]) -> int:
    """The pid of a process that does this and ends, with 1 where it raises; it shares no connection with this one."""
    connection.close()
    pid = os.fork()
    if pid == 0:
        try:
            do()
        except BaseException as error:  # noqa: BLE001 -- whatever it is, the parent's own stack must not go on here
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    return pid


def code_of(pid: int) -> int:
    """With which code a process ended; the number of a signal, below zero, that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def look(**known: object) -> None:
    """End this program where something is wrong, as another process sees it."""

    def ask() -> None:
        if wrong := what_is_wrong(**known):  # type: ignore[arg-type]
            sys.exit(wrong)

    if code_of(in_a_child(ask)):
        sys.exit(f"Lost or half done, where {known}.")
