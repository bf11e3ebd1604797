"""Opening recordings: what a file is, and one clear sentence where it is not a recording."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from editor.errors import InvalidValue, UnreadableMedia
from editor.media.boxes import is_protected, protected, unreadable_boxes, whole_fragments_end
from editor.media.limits import MOST_FILM_BYTES, MOST_STREAMS
from editor.media.promise import promised_ms
from editor.media.tracks import number_of, sound_track, track_names

#: How the name of a copy ends that has the sound alone; others are films.
SOUND_SUFFIX = ".m4a"

# The containers we read. Without this list a playlist under the name of a recording would make
# FFmpeg open further files and addresses, and a text file would pass as ANSI art.
_CONTAINERS = (
    "aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,asf_o,au,avi,caf,dsf,dts,eac3,flac,flv,matroska,webm,mov,"
    "mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,mxf,nut,ogg,rm,rf64,tta,voc,w64,wav,wv,dss,ircam,nistsphere"
)

# Codecs by container that browsers play: a page whose browser does not asks for a copy.
_PCM = frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le"})
_PLAYABLE_AUDIO: dict[str, frozenset[str]] = {
    "mp3": frozenset({"mp3"}),
    "aac": frozenset({"aac"}),
    "mp4": frozenset({"aac", "mp3", "opus"}),
    "wav": _PCM,
    "ogg": frozenset({"vorbis", "opus"}),
    "flac": frozenset({"flac"}),
    "webm": frozenset({"vorbis", "opus"}),
}
_PLAYABLE_VIDEO = {
    "mp4": frozenset({"h264", "vp9", "av1"}),
    "webm": frozenset({"vp8", "vp9", "av1"}),
}
_PLAYABLE_PIXELS = frozenset({"yuv420p", "yuvj420p"})


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a recording is. `duration_ms` is 0 where the container does not say it.

    `frame_us` is how long a frame of the film lasts, in microseconds, None without a film.
    `is_browser_playable` is true where browsers can play what is in the file and seek in it;
    whether their clock is right then, decoding tells. `copy_suffix` is the end of a copy's name:
    that of a film where they can show the picture in one, else that of a sound. `tracks` has what
    the file calls each audio track, `channels` how many channels each has, `track` is the number of
    the one to decode; 1 is the first. `promised_ms` is the length of the sound if the container can
    be relied upon to say it, else 0.
    """

    duration_ms: int
    has_video: bool
    container: str
    audio_codec: str
    video_codec: str | None
    frame_us: int | None
    is_browser_playable: bool
    copy_suffix: str
    tracks: tuple[str, ...] = ("",)
    track: int = 1
    channels: tuple[int, ...] = (1,)
    promised_ms: int = 0

    def check_track(self, name: str, number: int | None) -> None:
        """See that the recording of this name has the track that a person chose, if any.

        Raises:
            InvalidValue: there is none.
        """
        count = len(self.tracks)
        if number is not None and not 1 <= number <= count:
            there = "one audio track" if count == 1 else f"{count} audio tracks"
            raise InvalidValue("track", f"{name} has {there}; there is no track {number}")


def probe(path: Path) -> MediaInfo:
    """Tell what a recording is, from its content; its name does not matter.

    Raises:
        UnreadableMedia: the file is missing, empty, no recording, or has no audio track.
    """
    with open_recording(path) as container:
        kind = _container_kind(container, path)
        picture = moving_picture(container)
        if is_protected(path):
            raise protected(path.name)
        sound = sound_track(container, path.name)
        audio_codec = sound.codec_context.codec.canonical_name
        # A picture may be in a codec that is unknown here.
        video_codec = picture.codec_context and picture.codec_context.codec if picture else None
        duration_ms = max(0, round((container.duration or 0) / 1000))
        return MediaInfo(
            duration_ms=duration_ms,
            has_video=picture is not None,
            container=kind,
            audio_codec=audio_codec,
            video_codec=video_codec.canonical_name if video_codec else None,
            frame_us=_frame_us(picture),
            # Without a duration (a recording made by a browser) no browser can seek.
            is_browser_playable=duration_ms > 0
            and audio_codec in _PLAYABLE_AUDIO.get(kind, ())
            and (picture is None or _is_shown_in(kind, picture)),
            copy_suffix=_copy_suffix(picture, path),
            tracks=track_names(container),
            track=number_of(container, sound),
            channels=tuple(
                stream.codec_context.channels if stream.codec_context else 1
                for stream in container.streams.audio
            ),
            promised_ms=promised_ms(container, path),
        )


def _frame_us(picture: VideoStream | None) -> int | None:
    rate = picture.average_rate if picture else None
    return round(1_000_000 / rate) if rate else None


@contextmanager
def open_recording(path: Path, *, needs_sound: bool = True) -> Iterator[InputContainer]:
    """Open a recording that has at least one audio track, if it `needs_sound`.

    Raises:
        UnreadableMedia: see `probe`.
    """
    _refuse_what_is_no_file(path)
    try:
        container = _opened(path)
    except PermissionError as error:
        raise UnreadableMedia(
            path.name, "permission denied.", "Change its permissions so that you can read it."
        ) from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise not_a_recording(path) from error
    with container:
        if len(container.streams) > MOST_STREAMS:
            raise UnreadableMedia(path.name, f"it has over {MOST_STREAMS} streams.")
        if needs_sound and not container.streams.audio:
            raise UnreadableMedia(
                path.name, "it has no audio track.", "Choose a recording that has sound."
            )
        yield container


def _opened(path: Path) -> InputContainer:
    # An absolute path: FFmpeg would take a name with a colon for an address.
    address = str(path.absolute())
    options = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "file,subfile"}
    try:
        return av.open(address, mode="r", container_options=options)
    except av.FFmpegError:
        end = whole_fragments_end(path)
        if end is None:
            raise
    # Of fragments that were cut off in the middle of one, those before it are there.
    return av.open(f"subfile,,start,0,end,{end},,:{address}", mode="r", container_options=options)


def not_a_recording(path: Path) -> UnreadableMedia:
    """The error for a file in which nothing can be heard."""
    if is_protected(path):
        return protected(path.name)
    return unreadable_boxes(path) or UnreadableMedia(
        path.name,
        "it is not a recording, or it is damaged from the start.",
        "Play it in another program; if it plays there, save it as MP3, M4A or WAV.",
    )


def moving_picture(container: InputContainer) -> VideoStream | None:
    """The first video that is not a cover picture, None where there is none."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise UnreadableMedia(path.name, "it is a folder.", "Choose one recording inside it.")
    if not path.exists():
        raise UnreadableMedia(
            path.name, "there is no such file.", "Check its name, or choose the file again."
        )
    if path.stat().st_size == 0:
        raise UnreadableMedia(
            path.name, "it is empty (0 bytes).", "Copy it again from where it was recorded."
        )


def _container_kind(container: InputContainer, path: Path) -> str:
    name = container.format.name
    if "mp4" in name.split(","):
        return "mp4"
    if name == "matroska,webm":
        # One reader for both; only the document type in the head of the file tells them apart.
        with path.open("rb") as file:
            return "webm" if b"webm" in file.read(128) else "matroska"
    return name


def _is_shown_in(kind: str, picture: VideoStream) -> bool:
    codec = picture.codec_context
    if codec is None:
        return False
    is_known = codec.codec.canonical_name in _PLAYABLE_VIDEO.get(kind, ())
    return is_known and codec.pix_fmt in _PLAYABLE_PIXELS


def _copy_suffix(picture: VideoStream | None, path: Path) -> str:
    if picture is not None and path.stat().st_size <= MOST_FILM_BYTES:
        for kind in _PLAYABLE_VIDEO:
            if _is_shown_in(kind, picture):
                return f".{kind}"
    return SOUND_SUFFIX
