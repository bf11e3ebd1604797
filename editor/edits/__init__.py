"""Changes of a transcript as values, and how words keep their times through them.

Owns what an edit is: pure functions from segments to segments. Where they are saved is the
store's. Revision numbers are left as they are; the store counts them.
"""

from editor.edits.carry_times import with_present_times
from editor.edits.change import Change, ChangeKind, Splice, retimed
from editor.edits.code import code, with_code_renamed
from editor.edits.filling import Filling, filled
from editor.edits.split_merge import cut, merge, split
from editor.edits.strike import strike
from editor.edits.text import edit_text, new_segment
from editor.edits.times import clamped, let_go, set_times
from editor.edits.undo import directed, is_as_left, restored

__all__ = [
    "Change",
    "ChangeKind",
    "Filling",
    "Splice",
    "clamped",
    "code",
    "cut",
    "directed",
    "edit_text",
    "filled",
    "is_as_left",
    "let_go",
    "merge",
    "new_segment",
    "restored",
    "retimed",
    "set_times",
    "split",
    "strike",
    "with_code_renamed",
    "with_present_times",
]
