from __future__ import annotations

import pytest

from editor.config import Settings
from editor.errors import InvalidValue

LISTEN = "TRANSCRIPT_EDITOR_LISTEN_AGAIN"


def test_edits_are_listened_to_unless_that_is_switched_off() -> None:
    assert Settings.from_env({}).listens_again
    assert not Settings.from_env({LISTEN: "off"}).listens_again
    assert Settings.from_env({LISTEN: "On"}).listens_again
    with pytest.raises(InvalidValue, match=r"must be on or off \(got 'perhaps'\)"):
        Settings.from_env({LISTEN: "perhaps"})
