"""A bucket of an object storage that speaks S3, as a storage of Django's."""

from datetime import timedelta

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from obstore.store import S3Store


class ObjectStorage(Storage):
    """For small files, each read and written whole, under names that tell their content.

    Raises FileNotFoundError where a file is asked for that is not there, and `obstore.exceptions.BaseError` where the
    bucket does not answer, or refuses.
    """

    def __init__(self, *, endpoint: str, bucket: str, region: str, key: str, secret: str) -> None:
        self._bucket = S3Store(
            bucket,
            endpoint=endpoint,
            region=region,
            access_key_id=key,
            secret_access_key=secret,
            client_options={"allow_http": endpoint.startswith("http://"), "timeout": timedelta(seconds=15)},
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=30)},
        )

    def _open(self, name: str, mode: str = "rb") -> File:  # noqa: ARG002 -- nothing else is asked for
        return ContentFile(self._bucket.get(name).bytes().to_bytes(), name)

    def _save(self, name: str, content: File) -> str:
        self._bucket.put(name, content.read())
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        return name  # what is there under a name is the same, so it may be written again

    def delete(self, name: str) -> None:
        self._bucket.delete(name)
