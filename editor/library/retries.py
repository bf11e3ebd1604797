"""How long is waited before something that failed outside this program is tried again, and for how
long at all: a full disk may have room by then, another server may answer."""

from __future__ import annotations

#: After so long nobody waits for it any more.
GIVE_UP_MS = 24 * 3_600_000
#: Jobs wait no longer between two tries (`store.leases`).
_SHORTEST_MS, _LONGEST_MS = 1_000, 100_000


def pause_ms(age_ms: int) -> int:
    """How long to wait where the first try was so long ago: twice as long again, within bounds.

    >>> [pause_ms(age_ms) for age_ms in (0, 1_000, 3_000, 9_000, 27_000, 3_600_000)]
    [1000, 2000, 6000, 18000, 54000, 100000]
    """
    return min(max(2 * age_ms, _SHORTEST_MS), _LONGEST_MS)
