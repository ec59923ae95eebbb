"""Images are kept once, as long as anything shows them, and are shown for ever."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from careerguide.storage.filesystem import FileStorage
from guides.media import names
from guides.media.encode import BadImage
from guides.models import Image, Role
from guides.publishing.drafts.images import InUse, NotStored, remove_image, store_image, uses_of
from guides.publishing.editions.publish import publish
from tests.helpers.factories import IMAGE, a_picture, a_role, an_edition, an_image
from tests.helpers.images import a_drawing, a_stored_image, as_file

# Kept


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Path:
    """The folder in which images are kept, empty."""
    options = {"location": tmp_path, "allow_overwrite": True}
    backend = "careerguide.storage.filesystem.FileStorage"
    settings.STORAGES = settings.STORAGES | {"images": {"BACKEND": backend, "OPTIONS": options}}
    return tmp_path


@pytest.mark.django_db
def test_the_same_picture_is_kept_once(kept: Path) -> None:
    raw = as_file(a_drawing())
    first = store_image(file=ContentFile(raw, "../../first.png"), by="ada")
    again = store_image(file=ContentFile(raw, "second.png"), by="bob")
    assert (first, first.file_name, first.uploaded_by, first.size) == (again, "first.png", "ada", "1200 × 900")
    assert {path.name for path in kept.iterdir()} == set(names.files_of(first.name))


@pytest.mark.django_db
def test_a_file_of_60_mb_is_refused_and_not_read() -> None:
    file = ContentFile(b"", "film.png")
    file.size = 60_000_000
    with pytest.raises(BadImage, match=r"^The file has 60 MB, and the limit is 20 MB\. Save a smaller"):
        store_image(file=file, by="ada")


@pytest.mark.django_db
def test_a_storage_that_fails_leaves_no_image(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    options = {"location": tmp_path / "file"}
    backend = "careerguide.storage.filesystem.FileStorage"
    settings.STORAGES = settings.STORAGES | {"images": {"BACKEND": backend, "OPTIONS": options}}
    with pytest.raises(NotStored, match="Try again in a while"):
        a_stored_image()
    assert not Image.objects.exists()


@pytest.mark.django_db
def test_an_image_that_nothing_shows_is_removed_with_its_files(kept: Path) -> None:
    remove_image(image=a_stored_image())
    assert (list(kept.iterdir()), Image.objects.count()) == ([], 0)


def as_picture(name: str) -> dict[str, Any]:
    return {"picture": a_picture(name=name)}


def in_prose(name: str) -> dict[str, Any]:
    return {"toolkit": [{"kind": "resume", "title": "Résumé", "body": f"So: ![A page](/images/{name}.webp)"}]}


@pytest.mark.django_db
@pytest.mark.parametrize("where", [as_picture, in_prose])
def test_an_image_that_a_draft_or_any_edition_shows_is_kept(kept: Path, where: Any) -> None:
    image = a_stored_image()
    role = a_role(**where(image.name))
    assert uses_of(image) == ("the draft of Lighthouse Keeper",)
    publish(role=role, by="Ada")
    a_role(picture=None)
    assert uses_of(image) == ("Lighthouse Keeper, edition 1",)
    with pytest.raises(InUse, match="stays, as it is shown in Lighthouse Keeper, edition 1"):
        remove_image(image=image)
    assert len(list(kept.iterdir())) == 3


@pytest.mark.django_db
def test_the_database_holds_that_a_picture_is_described() -> None:
    image, role = an_image(), a_role()
    for picture, alt in ((image, ""), (None, "A tower")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.filter(pk=role.pk).update(picture=picture, picture_alt=alt)


# Shown


@pytest.mark.django_db
def test_an_image_may_be_kept_for_ever_and_is_what_it_says() -> None:
    image = a_stored_image()
    for file in names.files_of(image.name):
        response = Client().get(f"/images/{file}", headers={"Accept-Encoding": "gzip, br"})
        with storages["images"].open(file) as content:
            assert b"".join(response) == content.read()
        headers = {name: response.headers.get(name) for name in (
            "Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Encoding", "Set-Cookie")}  # fmt: skip
        assert headers == {
            "Content-Type": "image/webp",
            "Cache-Control": "public, max-age=31536000, immutable",
            "X-Content-Type-Options": "nosniff",
            "Content-Encoding": None,
            "Set-Cookie": None,
        }
        assert int(response.headers["Content-Length"]) > 100
        head = Client().head(f"/images/{file}")
        head.close()
        assert head.headers["Content-Length"] == response.headers["Content-Length"]


@pytest.mark.parametrize(
    "path",
    [
        f"{IMAGE}.webp",
        f"{IMAGE}-480w.webp",
        f"{IMAGE}.png",
        "../secret-key",
        "..%2fsecret-key",
        f"{IMAGE}.webp%0a",
    ],
)
def test_there_is_no_other_file_at_an_image_address(path: str) -> None:
    assert Client().get(f"/images/{path}").status_code == 404


def test_images_are_only_read_at_their_addresses() -> None:
    assert Client().post(f"/images/{IMAGE}.webp").status_code == 405


@pytest.mark.django_db
def test_a_guide_shows_its_picture_wherever_it_is_read() -> None:
    image = a_stored_image()
    an_edition(picture=a_picture(name=image.name, alt='A "white" tower'))
    address = names.address_of(image.name)
    html, text, data = (
        Client().get(f"/guides/lighthouse-keeper{end}").content.decode() for end in ("/", ".md", ".json")
    )
    assert f'<img src="{address}" srcset="/images/{image.name}-480w.webp 480w, ' in html
    assert 'width="736" height="552" alt="A &quot;white&quot; tower"' in html
    assert (
        f'"image":{{"@type":"ImageObject","contentUrl":"http://127.0.0.1:8000{address}",'
        '"caption":"A \\"white\\" tower","width":1200,"height":900}' in html
    )
    assert f'\n\n![A "white" tower]({address})\n\n' in text
    assert f'"picture": {{\n    "name": "{image.name}",\n    "alt": "A \\"white\\" tower"\n  }}' in data


def test_a_file_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    class Torn(ContentFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise OSError

    storage = FileStorage(location=tmp_path, allow_overwrite=True)
    storage.save("a.webp", ContentFile(b"whole"))
    with pytest.raises(OSError):  # noqa: PT011 -- whatever the disk says
        storage.save("a.webp", Torn(b""))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.webp": b"whole"}
