"""Image storage in an S3-compatible bucket."""

from contextlib import suppress
from datetime import timedelta

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from obstore.store import S3Store


class ObjectStorage(Storage):
    """Stores small files under names that are digests of their content.

    Raises FileNotFoundError for a missing file, and `obstore.exceptions.BaseError` if the bucket does not respond or
    rejects the request.
    """

    def __init__(self, *, endpoint: str, bucket: str, region: str, key: str, secret: str) -> None:

        def store(*, seconds: int, retries: int) -> S3Store:
            return S3Store(
                bucket,
                endpoint=endpoint,
                region=region,
                access_key_id=key,
                secret_access_key=secret,
                client_options={"allow_http": endpoint.startswith("http://"), "timeout": timedelta(seconds=seconds)},
                retry_config={"max_retries": retries, "retry_timeout": timedelta(seconds=2 * seconds)},
            )

        self._bucket = store(seconds=15, retries=2)
        self._bucket_for_checks = store(seconds=2, retries=0)

    def _open(self, name: str, mode: str = "rb") -> File:  # noqa: ARG002 -- always reads
        return ContentFile(self._bucket.get(name).bytes().to_bytes(), name)

    def _save(self, name: str, content: File) -> str:
        self._bucket.put(name, content.read())
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002
        return name  # an existing file of this name has the same content

    def delete(self, name: str) -> None:
        self._bucket.delete(name)

    def check(self) -> None:
        """Raise `obstore.exceptions.BaseError` if the bucket does not respond soon or rejects the key."""
        with suppress(FileNotFoundError):
            self._bucket_for_checks.get("readyz")  # no image has this name
