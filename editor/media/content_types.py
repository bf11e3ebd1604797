"""What kind of file a recording is to a browser, by the end of its name."""

from __future__ import annotations

from pathlib import PurePath

#: Never guessed from content or from the system's own table, which differs between machines.
CONTENT_TYPES = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4v": "video/mp4",
    ".mka": "audio/x-matroska",
    ".mkv": "video/x-matroska",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
}


def content_type_of(path: PurePath) -> str:
    """The content type of a recording, by the end of its name."""
    return CONTENT_TYPES.get(path.suffix.lower(), "application/octet-stream")
