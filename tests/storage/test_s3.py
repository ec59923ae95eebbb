"""Images in a bucket: against a server that speaks S3 and checks signatures."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import Client
from obstore.exceptions import PermissionDeniedError
from pytest_django import Settings

from careerguide.storage.s3 import ObjectStorage
from guides.backup import BackupError
from guides.backup.restore import restore_backup
from guides.backup.write import write_backup
from guides.media import names
from guides.models import Image
from guides.publishing.drafts.images import NotStored, remove_image
from tests.helpers.images import a_stored_image
from tests.helpers.servers import HANGS, free_port, listens, read_settings, until

pytestmark = [pytest.mark.process, pytest.mark.django_db]

KEY, SECRET, BUCKET = "editor", "a/secret+of=some:length", "pictures"


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The endpoint of a server, and the folder in which it keeps its one bucket."""
    folder = tmp_path_factory.mktemp("buckets")
    (folder / BUCKET).mkdir()
    port = free_port()
    command = "import sys; from nanio.cli import main; sys.exit(main())"
    server = subprocess.Popen(
        (sys.executable, "-c", command, "serve", "--data-dir", folder, "--host", "127.0.0.1", "--port", str(port)),
        env=os.environ | {"NANIO_ACCESS_KEY": KEY, "NANIO_SECRET_KEY": SECRET},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: listens(port), process=server)
        yield f"http://127.0.0.1:{port}", folder / BUCKET
    finally:
        server.terminate()
        server.wait(timeout=HANGS)


def kept_in(settings: Settings, endpoint: str, **changes: str) -> None:
    options = {"endpoint": endpoint, "bucket": BUCKET, "region": "us-east-1", "key": KEY, "secret": SECRET} | changes
    kept = {"BACKEND": "careerguide.storage.s3.ObjectStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"images": kept}


def test_images_are_kept_in_a_bucket_shown_from_it_and_removed(settings: Settings, bucket: tuple[str, Path]) -> None:
    endpoint, folder = bucket
    kept_in(settings, endpoint)
    image = a_stored_image()
    assert {path.name for path in folder.glob("*.webp")} == set(names.files_of(image.name))
    for file in names.files_of(image.name):
        response = Client().get(f"/images/{file}")
        assert b"".join(response) == (folder / file).read_bytes()
        assert response.headers["Content-Length"] == str((folder / file).stat().st_size)
    Image.objects.all().delete()
    assert a_stored_image().name == image.name  # over what is there
    remove_image(image=Image.objects.get())
    assert list(folder.glob("*.webp")) == []
    assert Client().get(f"/images/{image.name}.webp").status_code == 404


def test_a_bucket_that_refuses_or_is_not_there_leaves_no_image(settings: Settings, bucket: tuple[str, Path]) -> None:
    endpoint, _folder = bucket
    for changes in ({"secret": "another"}, {"bucket": "none"}, {"endpoint": "http://127.0.0.1:9"}):
        kept_in(settings, **{"endpoint": endpoint, **changes})
        with pytest.raises(NotStored, match="Try again in a while"):
            a_stored_image()
    assert not Image.objects.exists()
    kept_in(settings, endpoint, secret="another")
    with pytest.raises(PermissionDeniedError):
        storages["images"].open("a.webp")


@pytest.mark.usefixtures("committed")
def test_a_backup_has_what_the_bucket_keeps_and_brings_it_back(
    settings: Settings, bucket: tuple[str, Path], tmp_path: Path
) -> None:
    endpoint, folder = bucket
    kept_in(settings, endpoint)
    a_stored_image()
    before = {path.name: path.read_bytes() for path in folder.glob("*.webp")}
    path = write_backup(folder=tmp_path).path
    kept_in(settings, endpoint, secret="another")
    with pytest.raises(BackupError, match=r"^Nothing was written, because an image could not be read: "):
        write_backup(folder=tmp_path)
    with pytest.raises(BackupError, match=r"^Nothing was changed, because an image could not be stored: "):
        restore_backup(path=path)
    kept_in(settings, endpoint)
    for file in folder.glob("*.webp"):
        file.unlink()
    restore_backup(path=path)
    assert {path.name: path.read_bytes() for path in folder.glob("*.webp")} == before


def test_the_setting_names_the_bucket(tmp_path: Path) -> None:
    def storage_of(address: str) -> str:
        return read_settings(tmp_path, "STORAGES['images']", CAREERGUIDE_IMAGES=address).stdout.strip()

    options = {
        "endpoint": "https://s3.example.org:9000",
        "bucket": "pictures",
        "region": "eu-west-1",
        "key": "key",
        "secret": "a/b+c",
    }
    of_bucket = storage_of("s3://key:a%2Fb+c@s3.example.org:9000/pictures?region=eu-west-1")
    assert of_bucket == str({"BACKEND": "careerguide.storage.s3.ObjectStorage", "OPTIONS": options})
    assert "'endpoint': 'http://localhost'" in storage_of("s3+http://key:secret@localhost/pictures")
    assert ObjectStorage(**options).get_available_name("a.webp") == "a.webp"
