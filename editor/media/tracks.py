"""The audio tracks of a recording: what each is called, and which is decoded."""

from __future__ import annotations

from collections.abc import Iterator

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition, Stream

from editor.errors import UnreadableMedia

#: Where a track ends, one that begins within this goes on in its place; as long it is waited for.
_CHANGE_S = 1.0
_LONGEST_NAME = 60


def track_names(container: InputContainer) -> tuple[str, ...]:
    """What the file calls each of its audio tracks: a title, a language, both or nothing."""
    return tuple(_name_of(stream) for stream in container.streams.audio)


def number_of(container: InputContainer, track: AudioStream) -> int:
    """Which of the audio tracks it is; the first is 1."""
    return 1 + [stream.index for stream in container.streams.audio].index(track.index)


def sound_track(container: InputContainer, name: str, number: int | None = None) -> AudioStream:
    """The track that is decoded, where none is chosen by its number: the first that can be decoded,
    of those marked as default if any is.

    Raises:
        UnreadableMedia: there is no such track, or it cannot be decoded.
    """
    tracks = list(container.streams.audio)
    if number is not None:
        tracks = tracks[number - 1 : number]
        if not tracks:
            raise UnreadableMedia(name, f"it has no audio track {number}.")
    readable = [track for track in tracks if track.codec_context is not None]
    default = (track for track in readable if track.disposition & Disposition.default)
    for track in (*default, *readable):
        return track
    raise UnreadableMedia(
        name,
        "its sound is in a format that cannot be decoded here.",
        "Save it as MP3, M4A or WAV with another program.",
    )


class TrackFollower:
    """Which packets are decoded: those of a track, and where it ends, of one that begins there.

    A broadcast that changes its codec gives what follows as a new track. One that runs beside the
    track that is decoded never takes its place, whatever silence there is. The numbers of the
    tracks in which the sound went on are put into `went_on_in`.
    """

    def __init__(self, container: InputContainer, track: Stream, went_on_in: list[int]) -> None:
        self._container, self._now = container, track
        self._end_s = float("inf")
        self._runs: dict[int, tuple[float, float]] = {}
        self._waiting: dict[int, list[tuple[float, Packet[Stream]]]] = {}
        self._went_on_in = went_on_in

    def packets_of(self, packet: Packet[Stream]) -> Iterator[Packet[Stream]]:
        """The packets to decode now that one of any audio track was read."""
        stream = packet.stream
        at_s = None if packet.pts is None else float(packet.pts * packet.time_base)
        if stream is self._now:
            self._waiting.clear()
            self._end_s = self._end_s if at_s is None else at_s
            yield packet
        elif at_s is not None and self._is_in_its_place(stream, at_s):
            waiting = self._waiting.setdefault(stream.index, [])
            waiting.append((at_s, packet))
            if at_s > waiting[0][0] + _CHANGE_S:
                self._now, self._end_s = stream, at_s
                self._waiting = {}
                assert isinstance(stream, AudioStream)
                self._went_on_in.append(number_of(self._container, stream))
                yield from (packet for _, packet in waiting)

    def _is_in_its_place(self, stream: Stream, at_s: float) -> bool:
        """Whether a track that is not decoded began where the one that is ended."""
        start_s, last_s = self._runs.get(stream.index, (at_s, at_s))
        if abs(at_s - last_s) > _CHANGE_S:
            start_s = at_s
        self._runs[stream.index] = start_s, at_s
        return start_s >= self._end_s - _CHANGE_S and stream.codec_context is not None


def _name_of(stream: AudioStream) -> str:
    tags = stream.metadata
    title = tags.get("title") or tags.get("name") or ""
    language = tags.get("language", "")
    names = ("" if name == "und" else " ".join(name.split()) for name in (title, language))
    return ", ".join(name[:_LONGEST_NAME] for name in names if name)
