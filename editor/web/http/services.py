"""What a request works on; handed in once, when the app is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from editor.accounts import Accounts
from editor.config import Settings
from editor.jobs import Queue
from editor.library.caption_views import CaptionViews
from editor.store import Store

SERVICES = "transcript-editor"


@dataclass(frozen=True)
class Services:
    """The library that an app serves, the captions looked at in it, and the queue in which its jobs
    wait for a worker."""

    settings: Settings
    store: Store
    accounts: Accounts
    queue: Queue
    caption_views: CaptionViews = field(default_factory=CaptionViews)


def services() -> Services:
    """The services of the app that answers the current request."""
    return cast(Services, current_app.extensions[SERVICES])
