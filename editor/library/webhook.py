"""Tells a server that the administrator named what was done: signed, and tried again.

Sent are names, never texts. No other address is asked, not even where the server redirects to one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from editor.errors import EditorError, InvalidValue

#: So long is waited before another try.
_WAITS_S = (1.0, 5.0, 25.0)
_TIMEOUT_S = 10.0
SIGNATURE = "X-Signature-256"


class NotDelivered(EditorError):
    """A server did not take what it was told."""

    code = "not_delivered"

    def __init__(self, host: str, reason: str) -> None:
        self.host, self.reason = host, reason
        super().__init__(f"{host} was not told: {reason}")


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """None: a redirect is an error."""
        return


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to, and the secret that both sides know.

    Raises:
        InvalidValue: the address is none of http or https.
    """

    url: str
    secret: bytes = field(repr=False, default=b"")

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_one = False
        if not is_one:
            raise InvalidValue("webhook", "name an address that begins with https:// or http://")

    def send(
        self, told: Mapping[str, object], *, wait: Callable[[float], None] = time.sleep
    ) -> None:
        """POST it as JSON; without an answer, or with one of 5xx, again up to three times.

        With a secret, the header `X-Signature-256` is "sha256=" and the HMAC of the body in hex.

        Raises:
            NotDelivered: the server did not take it.
        """
        body = json.dumps(told, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SIGNATURE] = "sha256=" + signature(body, self.secret)
        request = Request(self.url, body, headers, method="POST")
        reason = ""
        for wait_s in (*_WAITS_S, None):
            try:
                with build_opener(_NoRedirects).open(request, timeout=_TIMEOUT_S):
                    return
            except HTTPError as error:
                reason = f"it answers {error.code}"
                if error.code < 500:
                    break
            except UnicodeError:
                reason = "check how the address is written"
                break
            except (URLError, HTTPException, OSError) as error:
                reason = str(getattr(error, "reason", error)) or type(error).__name__
            if wait_s is not None:
                wait(wait_s)
        raise NotDelivered(urlsplit(self.url).hostname or "", reason)


def signature(body: bytes, secret: bytes) -> str:
    """The HMAC-SHA256 of a body in hex digits."""
    return hmac.new(secret, body, hashlib.sha256).hexdigest()
