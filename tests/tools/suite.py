"""Run all tests, several at once; the few that fail then are run once more, alone.

On two busy cores a browser now and then misses a wait. What fails beside others and passes alone
is named at the end and does not fail the suite; it is a fault of the test, or a race in the page,
to be found all the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PYTEST = [sys.executable, "-m", "pytest"]
FAILED = Path(".pytest_cache/v/cache/lastfailed")

#: More have one cause, which is not that the machine was busy.
MOST_RERUN = 5

#: What pytest answers where tests failed; anything else is no matter of a test.
TESTS_FAILED = 1


def main(jobs: str) -> int:
    """Run the suite with so many tests at once; the answer is the exit status."""
    FAILED.unlink(missing_ok=True)
    status = subprocess.call([*PYTEST, "-n", jobs, "--dist", "worksteal"])
    failed = sorted(json.loads(FAILED.read_text("utf-8"))) if FAILED.exists() else []
    if status != TESTS_FAILED or not 0 < len(failed) <= MOST_RERUN:
        return status
    print("\nOnce more, alone:", *failed, sep="\n  ", flush=True)
    status = subprocess.call([*PYTEST, "-q", *failed])
    if status == 0:
        print("Passed alone, failed beside others:", *failed, sep="\n  ", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
