"""Tells a server that the administrator named what was done, signed; others try again (`retries`).

Sent are names, never texts. No other address is asked, not even where the server redirects to one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from editor.errors import EditorError, InvalidValue

#: Answers that say that the same may be taken later.
_LATER = (408, 425, 429)
_TIMEOUT_S = 10.0
SIGNATURE = "X-Signature-256"


class NotDelivered(EditorError):
    """A server did not take what it was told; one that `is_final` will not take it later either."""

    code = "not_delivered"

    def __init__(self, host: str, reason: str, *, is_final: bool = False) -> None:
        self.host, self.reason, self.is_final = host, reason, is_final
        super().__init__(f"{host} was not told: {reason}")


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """None: a redirect is an error."""
        return


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where to, and the secret that both sides know.

    Raises:
        InvalidValue: the address is none of http or https, or holds a password.
    """

    url: str
    secret: bytes = field(repr=False, default=b"")

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_one = False
        # Of one with a space, its path would be told with the error, and that may be a secret.
        if not is_one or " " in self.url or not self.url.isprintable():
            raise InvalidValue("webhook", "name an address that begins with https:// or http://")
        if parts.username is not None:
            reason = "leave out the name before @: what is sent is signed with a secret in a file"
            raise InvalidValue("webhook", reason)

    @classmethod
    def signed(cls, url: str, secret_path: Path | None) -> Webhook:
        """With the secret in a file, where there is one.

        Raises:
            InvalidValue: the address cannot be asked, or the file holds no secret.
        """
        secret = b""
        if secret_path is not None:
            try:
                secret = secret_path.read_bytes().strip()
            except OSError as error:
                raise InvalidValue("webhook-secret", f"{secret_path}: {error.strerror}") from error
            if not secret:
                raise InvalidValue("webhook-secret", f"{secret_path} is empty")
        return cls(url, secret)

    def send(self, told: Mapping[str, object]) -> None:
        """POST it as JSON, once.

        With a secret, the header `X-Signature-256` is "sha256=" and the HMAC of the body in hex.

        Raises:
            NotDelivered: the server did not take it.
        """
        body = as_json(told)
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers[SIGNATURE] = "sha256=" + signature(body, self.secret)
        request = Request(self.url, body, headers, method="POST")
        host = urlsplit(self.url).hostname or ""
        try:
            with build_opener(_NoRedirects).open(request, timeout=_TIMEOUT_S):
                return
        except HTTPError as error:
            error.close()
            is_final = error.code < 500 and error.code not in _LATER
            raise NotDelivered(host, f"it answers {error.code}", is_final=is_final) from error
        except UnicodeError as error:
            raise NotDelivered(host, "check how the address is written", is_final=True) from error
        except (URLError, HTTPException, OSError) as error:
            cause = getattr(error, "reason", error)
            reason = getattr(cause, "strerror", None) or str(cause) or type(error).__name__
            raise NotDelivered(host, reason) from error


def as_json(told: object) -> bytes:
    r"""As UTF-8; what of a file's name is no text is written as JSON's escapes.

    >>> as_json(["ä", "\udcff"]).decode()
    '["ä", "\\udcff"]'
    """
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace")


def signature(body: bytes, secret: bytes) -> str:
    """The HMAC-SHA256 of a body in hex digits."""
    return hmac.new(secret, body, hashlib.sha256).hexdigest()
