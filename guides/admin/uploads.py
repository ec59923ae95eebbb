"""What Django does with files as they come, before any view or form is asked."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from guides.media.names import MAX_BYTES

_ROOM = 1_000_000  # for the other fields of the form


class BoundedUploads(FileUploadHandler):
    """Drops what is sent with a request that is larger than any that is taken: neither memory nor disk holds it.

    What is left of a file is its name and its size, for the form to refuse. It is read to its end, as a browser that is
    answered sooner may show a broken connection, and not the answer.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 -- Django's own spelling
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self._drops = content_length > MAX_BYTES + _ROOM

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self._drops:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return None if self._drops else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self._drops:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, self.charset)
