"""Files that hold a whole library or one project, written and read back, checked.

Owns what such a file is. Knows neither HTTP nor how transcripts are made.
"""

from editor.archive.backup import Restored, back_up, media_names, restore
from editor.archive.project import pack, unpack

__all__ = ["Restored", "back_up", "media_names", "pack", "restore", "unpack"]
