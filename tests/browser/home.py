"""Browser contexts that go on from one test to the next, emptied of what the last one left.

To start a page's process and compile its modules takes longer than most tests. Both stay as long as
the address does, so one test's server listens where the last one's did.
"""

from __future__ import annotations

import socket
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession

from tests.support.servers import free_port

#: What is cleared between two tests: all but the files of the page, which no test changes.
_CLEARED = "cookies,local_storage,indexeddb,cache_storage,service_workers"


class Home:
    """One context for each kind, at one address."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._port = free_port()
        self._open: dict[str, tuple[str, BrowserContext, CDPSession]] = {}

    def port(self) -> int:
        """Where a server may listen: where the last one did, unless somebody else does now."""
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", self._port))
            except OSError:
                self.close()
                self._port = free_port()
        return self._port

    def context(self, url: str, **options: Any) -> BrowserContext:
        """A context with no page open and nothing kept, from the server that listens at `url`."""
        kind = repr(options)
        known = self._open.get(kind)
        if known is None or known[0] != url:
            if known:
                known[1].close()
            known = self._open[kind] = self._opened(url, **options)
        _, context, devtools = known
        self.leave(context)
        context.clear_permissions()
        devtools.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": _CLEARED})
        return context

    def _opened(self, url: str, **options: Any) -> tuple[str, BrowserContext, CDPSession]:
        context = self._browser.new_context(base_url=url, **options)
        context.set_default_timeout(10_000)
        # Its process stays as long as this page is open.
        parked = context.new_page()
        parked.goto("/healthz")
        return url, context, context.new_cdp_session(parked)

    def leave(self, context: BrowserContext) -> None:
        """Close the pages of a test, before its server goes."""
        for page in context.pages[1:]:
            page.close()

    def close(self) -> None:
        """Close all contexts."""
        for _, context, _ in self._open.values():
            context.close()
        self._open.clear()
