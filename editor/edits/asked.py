"""What an edit is about: the segments it names, and what its author saw of them."""

from __future__ import annotations

from editor.edits.commands import (
    AnyEdit,
    BreakEdit,
    CodeEdit,
    CorrectEdit,
    DeleteManyEdit,
    FollowVoices,
    InsertEdit,
    MergeEdit,
    MergeManyEdit,
    MoveEdit,
    RenameCode,
    RenameSpeaker,
    ReplaceRunEdit,
    RestoreEdit,
    SetManyEdit,
    StrikeEdit,
    TimesEdit,
)

ManyEdit = SetManyEdit | DeleteManyEdit | MergeManyEdit | ReplaceRunEdit


def base_revisions(edit: AnyEdit) -> dict[str, int]:
    """The segments an edit was made on, with the revision its author saw."""
    if isinstance(edit, InsertEdit | RenameSpeaker | RenameCode | FollowVoices):
        return {}
    if isinstance(edit, RestoreEdit | BreakEdit):
        if edit.segment_id is None or edit.base_revision is None:
            return {}
        return {edit.segment_id: edit.base_revision}
    if isinstance(edit, ManyEdit):
        return {chosen.segment_id: chosen.base_revision for chosen in edit.segments}
    if isinstance(edit, CorrectEdit | StrikeEdit | CodeEdit):
        return {place.segment_id: place.base_revision for place in edit.places}
    seen = {edit.segment_id: edit.base_revision}
    if isinstance(edit, MergeEdit):
        seen[edit.next_id] = edit.next_revision
    return seen


def base_seq(edit: AnyEdit) -> int | None:
    """The last write of the transcript that the author of an edit of the whole had seen."""
    return edit.base_seq if isinstance(edit, RestoreEdit | BreakEdit | FollowVoices) else None


def named_ids(edit: AnyEdit) -> list[str] | None:
    """The segments that an edit is about, each once; None where it may be about all.

    An insertion at the top names none.
    """
    if isinstance(edit, TimesEdit) and edit.below_by_ms:
        return None
    if isinstance(edit, InsertEdit):
        return [edit.after_id] if edit.after_id is not None else []
    about_all = RenameSpeaker | RenameCode | RestoreEdit | BreakEdit | FollowVoices | MoveEdit
    if isinstance(edit, about_all):
        return None
    return list(base_revisions(edit))
