from __future__ import annotations

import pytest

from editor.errors import NotFound
from editor.store import Store
from tests.store.samples import three_lines


def test_codes_keep_their_colours_in_each_transcript_alike_where_nobody_chose(store: Store) -> None:
    first, second = three_lines(store), three_lines(store)
    assert store.set_code_tones(first, {"Pay": 2, "Home": 0}, only_new=True) == {
        "Home": 0,
        "Pay": 2,
    }
    assert store.set_code_tones(first, {"Pay": 5}, only_new=True)["Pay"] == 2
    assert store.set_code_tones(first, {"Pay": 5}, only_new=False)["Pay"] == 5
    assert store.set_code_tones(second, {"Pay": 0, "New": 1}, only_new=True) == {"Pay": 5, "New": 1}
    store.set_code_tones(second, {"Pay": 3}, only_new=False)
    assert store.code_tones(first)["Pay"] == 5
    assert store.set_code_tones(first, {}, only_new=True) == store.code_tones(first)
    with pytest.raises(NotFound):
        store.set_code_tones("no", {}, only_new=False)
    store.delete_transcript(second)
    with pytest.raises(NotFound):
        store.code_tones(second)
