"""A size limit for uploads that applies before any view or form."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from guides.media.names import MAX_BYTES

_OTHER_FIELDS = 1_000_000  # bytes for the other fields of the form


class BoundedUploads(FileUploadHandler):
    """Discards the files of a request that exceeds the limit, so they take neither memory nor disk space.

    The form receives only the name and the size, and rejects the file. The request is read to its end, because browsers
    may show a connection error instead of an early response.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 -- Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self._discards = content_length > MAX_BYTES + _OTHER_FIELDS

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self._discards:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if self._discards else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self._discards:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, self.charset)
