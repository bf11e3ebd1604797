"""The errors a person can meet. Each carries its facts and writes its own sentence."""

from __future__ import annotations

import errno


def counted(count: int, noun: str) -> str:
    """A number of things in words.

    >>> counted(1, "error"), counted(2, "error")
    ('1 error', '2 errors')
    """
    return f"{count} {noun}{'s' * (count != 1)}"


class EditorError(Exception):
    """Base of all errors that are shown to a person.

    `code` names the kind for programs; `facts()` gives the attributes an API answer repeats.
    """

    code = "error"

    def __reduce__(self) -> tuple[object, ...]:
        """As it is, to another process: what made it is not what `args` holds."""
        return _rebuilt, (type(self), self.args), vars(self)

    def facts(self) -> dict[str, object]:
        """The attributes set by the subclass, as JSON-ready values."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}

    def for_page(self) -> str:
        """The sentence for somebody who does not sit at the machine: it names nothing inside it."""
        return str(self)


def _rebuilt(kind: type[EditorError], args: tuple[object, ...]) -> EditorError:
    return kind.__new__(kind, *args)


class UnreadableMedia(EditorError):
    """Raised when a recording cannot be used; `advice` says what to do."""

    code = "unreadable_media"

    def __init__(self, name: str, reason: str, advice: str = "") -> None:
        self.name, self.reason, self.advice = name, reason, advice
        super().__init__(f"{name}: {reason}" + (f" {advice}" if advice else ""))


class UnreadableTranscript(EditorError):
    """Raised when a text cannot be read; `line` counts from 1, None for the whole file."""

    code = "unreadable_transcript"

    def __init__(self, name: str, reason: str, *, line: int | None = None) -> None:
        self.name, self.reason, self.line = name, reason, line
        place = f"{name}, line {line}" if line is not None else name
        super().__init__(f"{place}: {reason}")


class UnreadableArchive(EditorError):
    """Raised when a backup or a packed project cannot be used; nothing is changed then."""

    code = "unreadable_archive"

    def __init__(self, name: str, reason: str, advice: str = "") -> None:
        self.name, self.reason, self.advice = name, reason, advice
        super().__init__(f"{name}: {reason}" + (f" {advice}" if advice else ""))


class FolderUnusable(EditorError):
    """Raised when a folder or a file of ours cannot be read or written; `advice` says what to do.

    `for_people` is what those are told it is who must not see the place. Nothing that was
    acknowledged is lost by it.
    """

    code = "folder_unusable"

    def __init__(
        self,
        place: str,
        reason: str,
        advice: str = "",
        for_people: str = "The server's data folder",
    ) -> None:
        self.place, self.reason, self.advice, self._for_people = place, reason, advice, for_people
        super().__init__(f"{place}: {reason}" + (f" {advice}" if advice else ""))

    def for_page(self) -> str:
        """The log has the place."""
        told = f"{self._for_people} cannot be used: {self.reason}"
        return told + (f" {self.advice}" if self.advice else "")


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.ENOTDIR, errno.EEXIST}


def folder_unusable(error: OSError, place: object = None) -> FolderUnusable:
    """An error of the operating system as a sentence with advice."""
    named = str(place or error.filename or "the data folder")
    if error.errno in _FULL:
        reason, advice = "its disk is full.", "Free some space, then try again; nothing is lost."
    elif error.errno in _FORBIDDEN:
        reason = "permission denied."
        advice = "Change its permissions, or set TRANSCRIPT_EDITOR_DATA to another folder."
    elif error.errno in _IN_THE_WAY:
        reason = "this is a file, not a folder."
        advice = "Set TRANSCRIPT_EDITOR_DATA to another folder."
    else:
        reason, advice = f"{str(error.strerror or error).rstrip('.')}.", ""
    return FolderUnusable(named, reason, advice)


class ExportRefused(EditorError):
    """Raised when a transcript cannot be written in a format."""

    code = "export_refused"

    def __init__(self, format_name: str, reason: str) -> None:
        self.format_name, self.reason = format_name, reason
        super().__init__(f"cannot write {format_name}: {reason}")


class InvalidValue(EditorError):
    """Raised when a value given by a person or a program is not acceptable."""

    code = "invalid_value"

    def __init__(self, field: str, reason: str) -> None:
        self.field, self.reason = field, reason
        super().__init__(f"{field}: {reason}")


class NotPossible(InvalidValue):
    """Raised when what a person wants cannot be done with this text; the reason is a sentence."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.args = (reason,)


class InvariantBroken(EditorError):
    """Raised when a transcript would break one of its rules; nothing is saved then."""

    code = "invariant_broken"

    def __init__(self, segment_id: str, reason: str) -> None:
        self.segment_id, self.reason = segment_id, reason
        super().__init__(f"This cannot be saved: {reason}. Nothing was changed.")


#: What is known to programs by an id, which says nothing to a person.
_GONE = {
    "transcript": "This transcript does not exist. It may have been deleted.",
    "segment": "This segment no longer exists: it was deleted or joined with another.",
    "job": "This job no longer exists.",
    "revision": "The history does not go back that far.",
    "version": "This version no longer has a name.",
    "preset": "This preset no longer exists: it was deleted.",
    "file": "The recording no longer exists.",
    "link": "This link does not exist. It may have been removed.",
    "recording of transcript": "This transcript has no recording.",
}


class NotFound(EditorError):
    """Raised when something asked for by its id does not exist (any more)."""

    code = "not_found"

    def __init__(self, kind: str, sought_id: str | int) -> None:
        self.kind, self.sought_id = kind, sought_id
        super().__init__(_GONE.get(kind) or f"there is no {kind} {sought_id}")


class EditConflict(EditorError):
    """Raised when a segment was changed by someone else since the edit began.

    The answer to the person holds both texts, so that nothing typed is lost.
    """

    code = "edit_conflict"

    def __init__(self, segment_id: str, base_revision: int, current_revision: int) -> None:
        self.segment_id = segment_id
        self.base_revision, self.current_revision = base_revision, current_revision
        super().__init__("Someone else changed this text in the meantime.")


class ChangedMeanwhile(EditorError):
    """Raised when somebody else gave something another value since a person saw it.

    `current` is what it is now; what the person wanted is not done, as `refusal` says.
    """

    code = "changed_meanwhile"

    def __init__(
        self,
        what: str,
        current: object,
        *,
        who: str | None = None,
        refusal: str = "Your change was not saved.",
        advice: str = "Change it again to use yours.",
    ) -> None:
        self.what, self.current = what, current
        now = f" It is now “{current}”." if isinstance(current, str) else ""
        told = f"{who or 'Someone else'} changed the {what} in the meantime."
        super().__init__(f"{told} {refusal}{now} {advice}")


class NothingToUndo(EditorError):
    """Raised when there is no edit left to undo or redo."""

    code = "nothing_to_undo"

    def __init__(self, direction: str) -> None:
        self.direction = direction
        super().__init__(f"You have nothing to {direction}.")


class UndoBlocked(EditorError):
    """Raised when somebody else has changed since what an edit changed that is to be undone.

    To undo an earlier one, `revision_id` says below which step to look.
    """

    code = "undo_blocked"

    def __init__(self, direction: str, revision_id: int) -> None:
        self.direction, self.revision_id = direction, revision_id
        if direction == "undo":
            advice = "your change there stays. Undo again to undo the change before it."
        else:
            advice = "your change there cannot be redone."
        super().__init__(f"Someone else has changed this text since, so {advice}")


class UploadOffsetMismatch(EditorError):
    """Raised when a piece of an upload does not begin where the stored part ends."""

    code = "upload_offset_mismatch"

    def __init__(self, expected_bytes: int, given_bytes: int) -> None:
        self.expected_bytes, self.given_bytes = expected_bytes, given_bytes
        super().__init__("This upload was interrupted. It continues from where it stopped.")


class ModelUnavailable(EditorError):
    """Raised when a model's weights are not installed and cannot be downloaded, or are invalid."""

    code = "model_unavailable"

    def __init__(self, model: str, reason: str, advice: str = "") -> None:
        self.model, self.reason, self.advice = model, reason, advice
        super().__init__(f"model {model}: {reason}" + (f" {advice}" if advice else ""))


class JobCancelled(EditorError):
    """Raised inside a job when a person cancelled it."""

    code = "job_cancelled"

    def __init__(self, job_id: str) -> None:
        self.job_id = job_id
        super().__init__("The job was cancelled.")


class LeaseLost(EditorError):
    """Raised inside a job when another worker has taken it over; its results no longer count."""

    code = "lease_lost"

    def __init__(self, job_id: str) -> None:
        self.job_id = job_id
        super().__init__("Another worker has taken over this job.")


class StoreBusy(EditorError):
    """Raised when what is saved cannot be used now, so that it must be tried again."""

    code = "store_busy"

    def __init__(self, reason: str = "The database is busy") -> None:
        super().__init__(f"{reason}. Try again in a moment.")


class ServerUnreachable(EditorError):
    """Raised when a server that a setting names cannot be reached at the start.

    `place` is its address without a password, `setting` the variable that names it.
    """

    code = "server_unreachable"

    def __init__(self, place: str, reason: str, setting: str) -> None:
        self.place, self.reason, self.setting = place, reason, setting
        advice = f"Check that it is running and that {setting} is correct."
        super().__init__(f"{place} cannot be reached: {reason}. {advice}")


class ExtraMissing(EditorError):
    """Raised when a setting needs libraries that only an extra of the package installs."""

    code = "extra_missing"

    def __init__(self, setting: str, extra: str = "server") -> None:
        self.setting, self.extra = setting, extra
        advice = f"Install them: pip install 'transcript-editor[{extra}]'"
        super().__init__(f"{setting} needs libraries that are not installed. {advice}")


class LoginRequired(EditorError):
    """Raised when a request needs a login and has none, or an expired one."""

    code = "login_required"

    def __init__(self) -> None:
        super().__init__("Log in first.")


class LoginRefused(EditorError):
    """Raised when name or password is wrong; the sentence does not say which."""

    code = "login_refused"

    def __init__(self) -> None:
        super().__init__("Wrong name or password.")


class TooManyAttempts(EditorError):
    """Raised when logging in failed too often; the next attempt may come after `retry_after_s`."""

    code = "too_many_attempts"

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        minutes = -(-retry_after_s // 60)
        super().__init__(f"Too many attempts. Try again in {minutes} min.")


class NotAllowed(EditorError):
    """Raised when a viewer wants to change something."""

    code = "not_allowed"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} can view transcripts but not change them.")
