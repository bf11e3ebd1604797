"""What can be wrong with an upload."""

from __future__ import annotations

from editor.errors import EditorError, NotFound


class UploadTooLarge(EditorError):
    """Raised when an upload is, or would become, larger than it may be."""

    code = "upload_too_large"

    def __init__(self, name: str, max_bytes: int) -> None:
        self.name, self.max_bytes = name, max_bytes
        super().__init__(f"{name}: at most {_size(max_bytes)} are taken")


class UploadBusy(EditorError):
    """Raised when another request is writing to the same upload, or using it up."""

    code = "upload_busy"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name}: another tab or program is uploading it: try again")


class UploadGone(NotFound):
    """Raised when an upload is none (any more): it was used up, cancelled, or has expired."""

    def __init__(self, upload_id: str) -> None:
        super().__init__("upload", upload_id)
        # Its id says nothing to a person.
        self.args = ("the upload no longer exists: choose the file again",)


class UploadIncomplete(EditorError):
    """Raised when an upload is to be used before all of it has arrived."""

    code = "upload_incomplete"

    def __init__(self, name: str, offset_bytes: int, length_bytes: int) -> None:
        self.name, self.offset_bytes, self.length_bytes = name, offset_bytes, length_bytes
        super().__init__(f"{name}: {offset_bytes} of {length_bytes} bytes have arrived")


def _size(size_bytes: int) -> str:
    """A size as a person reads it, rounded down."""
    for unit, unit_bytes in (("GB", 10**9), ("MB", 10**6)):
        if size_bytes >= unit_bytes:
            return f"{size_bytes * 10 // unit_bytes / 10:g} {unit}"
    return f"{size_bytes} bytes"
