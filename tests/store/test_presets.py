from __future__ import annotations

from dataclasses import replace

import pytest

from editor.captions import Rules
from editor.errors import InvalidValue, NotFound
from editor.store import Store

MINE = Rules("Mine", line_chars=30, chars_per_second=16.5)


def test_a_preset_is_kept_changed_and_forgotten(store: Store) -> None:
    assert store.presets() == []
    store.save_preset(MINE)
    store.save_preset(Rules("Another", line_chars=20))
    changed = replace(MINE, line_chars=33)
    store.save_preset(changed)
    assert store.presets() == [Rules("Another", line_chars=20), changed]
    store.delete_preset("Mine")
    assert [rules.name for rules in store.presets()] == ["Another"]
    with pytest.raises(NotFound):
        store.delete_preset("Mine")


def test_our_presets_are_not_written_over(store: Store) -> None:
    with pytest.raises(InvalidValue, match="“netflix” is built in and cannot be changed"):
        store.save_preset(replace(MINE, name="netflix"))
