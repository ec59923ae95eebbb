"""Images at the desk: added by a form or dropped into prose, by those who may, and refused in sentences."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from guides.models import Image, Role
from guides.publishing.drafts.compose import compose
from tests.admin.test_access import signed_in
from tests.helpers.admin import change, form_of, save
from tests.helpers.factories import a_guide, a_picture, a_role, an_edition
from tests.helpers.images import a_bomb, a_drawing, a_stored_image, an_upload, as_file
from tests.media.test_encode import BROKEN, NO_PICTURE, TOO_MANY

pytestmark = pytest.mark.django_db

ADD, LIST, UPLOAD = "/admin/guides/image/add/", "/admin/guides/image/", "/admin/markdownx/upload/"
TOO_LARGE = "The file has 60 MB, and the limit is 20 MB. Save a smaller one, and try again."


def a_film() -> SimpleUploadedFile:
    return an_upload(bytes(60_000_000), "film.png")


BAD: list[tuple[Any, str]] = [
    (lambda: an_upload(a_bomb()), TOO_MANY),
    (lambda: an_upload(b"<script>alert(1)</script>", "photo.jpg", "image/jpeg"), NO_PICTURE),
    (lambda: an_upload(as_file(a_drawing(), "JPEG")[:-400], "photo.jpg", "image/jpeg"), BROKEN),
    (a_film, TOO_LARGE),
]
NAMES = ["bomb", "script", "half", "60 MB"]


# The form


def test_an_image_is_added_and_its_page_gives_the_markdown_to_paste(desk: Client) -> None:
    assert "without metadata such as the camera and the location" in desk.get(ADD).content.decode()
    shown = desk.post(ADD, {"file": an_upload(), "_continue": "Add"}, follow=True)
    image = Image.objects.get()
    assert shown.redirect_chain == [(reverse("admin:guides_image_change", args=(image.pk,)), 302)]
    assert (image.file_name, image.uploaded_by) == ("tower.png", "ada")
    page = shown.content.decode()
    assert f"<code>![](/images/{image.name}.webp)</code>" in page
    assert "nowhere, so it can be deleted" in page
    assert 'name="_save"' not in page
    assert f'<img src="/images/{image.name}.webp"' in desk.get(LIST).content.decode()


@pytest.mark.parametrize(("file", "told"), BAD, ids=NAMES)
def test_the_form_says_what_is_wrong_with_a_file(desk: Client, file: Any, told: str) -> None:
    response = desk.post(ADD, {"file": file()})
    assert (response.status_code, response.context["form"].errors) == (200, {"file": [told]})
    assert not Image.objects.exists()


def test_the_form_asks_for_a_file(desk: Client) -> None:
    assert desk.post(ADD).context["form"].errors == {"file": ["This field is required."]}
    empty = desk.post(ADD, {"file": an_upload(b"")})
    assert empty.context["form"].errors == {"file": ["The submitted file is empty."]}


def test_a_file_of_60_mb_is_dropped_as_it_comes(rf: RequestFactory) -> None:
    request = rf.post(ADD, {"note": "x", "file": a_film()})
    (file,) = request.FILES.getlist("file")
    assert (file.name, file.size, file.read(), request.POST["note"]) == ("film.png", 60_000_000, b"", "x")


def test_an_image_that_is_shown_somewhere_cannot_be_deleted(desk: Client) -> None:
    image = a_stored_image()
    address, delete = (reverse(f"admin:guides_image_{name}", args=(image.pk,)) for name in ("change", "delete"))
    an_edition(picture=a_picture(name=image.name))
    a_role(picture=None)
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    assert "Lighthouse Keeper, edition 1" in desk.get(address).content.decode()
    assert desk.post(address, {"file_name": "other.png"}).status_code == 403
    assert Image.objects.count() == 1
    other = a_stored_image(300, 200)
    assert desk.post(reverse("admin:guides_image_delete", args=(other.pk,)), {"post": "yes"}).status_code == 302
    assert list(Image.objects.all()) == [image]


def test_an_image_that_is_added_for_a_role_goes_back_to_its_form(desk: Client) -> None:
    page = desk.get(f"{ADD}?_popup=1&_to_field=id").content.decode()
    assert '<input type="hidden" name="_popup" value="1" />' in page
    done = desk.post(f"{ADD}?_popup=1&_to_field=id", {"file": an_upload(), "_popup": "1", "_to_field": "id"})
    data = f"{{&quot;value&quot;: &quot;{Image.objects.get().pk}&quot;, &quot;obj&quot;: &quot;tower.png, 1200 "
    assert data in done.content.decode()


# The picture of a role


def test_a_role_gets_a_picture_with_its_description(desk: Client) -> None:
    role, image = a_role(), a_stored_image()
    save(desk, role, picture=image.pk, picture_alt="A white tower")
    assert compose(Role.objects.get()) == a_guide(picture=a_picture(name=image.name))
    save(desk, role, picture="", picture_alt="")
    assert compose(Role.objects.get()) == a_guide()


@pytest.mark.parametrize(
    ("has_picture", "alt", "told"),
    [
        (True, " ", {"picture_alt": ["Describe the picture."]}),
        (False, "A tower", {"picture": ["Choose a picture, or delete the description."]}),
    ],
)
def test_a_picture_and_its_description_go_together(
    desk: Client, has_picture: bool, alt: str, told: dict[str, list[str]]
) -> None:
    role = a_role()
    picture = a_stored_image().pk if has_picture else ""
    response = desk.post(change(role), form_of(desk, role) | {"picture": picture, "picture_alt": alt})
    assert response.context["adminform"].form.errors == told
    assert compose(Role.objects.get()) == a_guide()


# Dropped into prose


def test_an_image_that_is_dropped_into_prose_comes_back_as_markdown(desk: Client) -> None:
    response = desk.post(UPLOAD, {"image": an_upload()})
    image = Image.objects.get()
    assert (response.status_code, response.json()) == (200, {"image_code": f"![](/images/{image.name}.webp)"})
    assert (image.file_name, image.uploaded_by) == ("tower.png", "ada")


@pytest.mark.parametrize(("file", "told"), BAD, ids=NAMES)
def test_what_is_dropped_into_prose_is_refused_in_a_sentence(desk: Client, file: Any, told: str) -> None:
    response = desk.post(UPLOAD, {"image": file()})
    assert (response.status_code, response.json()) == (400, {"error": told})
    assert not Image.objects.exists()


def test_an_upload_without_a_file_is_told_so(desk: Client) -> None:
    response = desk.post(UPLOAD, {"image": "x"})
    assert (response.status_code, response.json()) == (400, {"error": "The request contains no image. Try again."})


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (Client, "You are signed out. Sign in again in another tab and try again. Your text stays here."),
        (lambda: signed_in(staff=False, permission="add_image"), "You are signed out."),
        (lambda: signed_in(staff=True, permission="change_role"), "Your account is not allowed to add images."),
    ],
    ids=["anonymous", "not staff", "staff without the permission"],
)
def test_images_are_taken_of_those_who_may_add_them(who: Any, told: str) -> None:
    client = who()
    response = client.post(UPLOAD, {"image": an_upload()})
    assert (response.status_code, response.json()["error"].startswith(told)) == (403, True)
    assert client.post(ADD, {"file": an_upload()}).status_code in {302, 403}
    assert not Image.objects.exists()


def test_who_may_add_images_needs_nothing_else() -> None:
    client = signed_in(staff=True, permission="add_image")
    assert client.post(UPLOAD, {"image": an_upload()}).status_code == 200
    assert client.post(ADD, {"file": an_upload()}).status_code == 302
