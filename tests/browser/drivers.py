"""Firefox and WebKit without a library: the commands of WebDriver, over what each of them speaks.

Firefox takes them itself ("Marionette", JSON over a socket), WebKitGTK through its driver (HTTP).
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.clock import wait_for
from tests.support.servers import free_port
from tests.tools.programs import find_or_install

#: Keys as WebDriver writes them.
KEYS = {
    "Alt": "\ue00a",
    "ArrowRight": "\ue014",
    "Backspace": "\ue003",
    "Control": "\ue009",
    "End": "\ue010",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Home": "\ue011",
}
_STARTED_S = 60
_ANSWER_S = 60


class Driver(ABC):
    """A browser with one page."""

    @abstractmethod
    def command(self, name: str, body: dict[str, Any]) -> Any:
        """Run a command of WebDriver, give its value."""

    @abstractmethod
    def errors(self) -> list[str]:
        """What the console says went wrong in the page so far."""

    def open(self, url: str) -> None:
        self.command("Navigate", {"url": url})

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the page, as the body of a function."""
        return self.command("ExecuteScript", {"script": script, "args": list(arguments)})

    def until(self, expression: str, value: object = True) -> None:
        """Wait until an expression has a value in the page."""
        last: list[object] = []

        def is_so() -> bool:
            last[:] = [self.run(f"return {expression}")]
            return last == [value]

        try:
            wait_for(is_so, _ANSWER_S)
        except AssertionError:
            told = f"{expression} is {last[0]!r}, not {value!r}; {self.errors()}"
            raise AssertionError(told) from None

    def click(self, selector: str) -> None:
        self.until(f"document.querySelector({selector!r})?.getBoundingClientRect().width > 0")
        x, y = self.run(
            """const element = document.querySelector(arguments[0]);
            element.scrollIntoView({ block: "center" });
            const { left, top, width, height } = element.getBoundingClientRect();
            return [Math.round(left + width / 2), Math.round(top + height / 2)];""",
            selector,
        )
        move = {"type": "pointerMove", "x": x, "y": y, "duration": 0, "origin": "viewport"}
        down_and_up = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        source = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self.command("PerformActions", {"actions": [{**source, "actions": [move, *down_and_up]}]})

    def press(self, *chords: str) -> None:
        """Press keys as "Control+z", one after the other."""
        steps = []
        for chord in chords:
            keys = [KEYS.get(key, key) for key in chord.split("+")]
            steps += [{"type": "keyDown", "value": key} for key in keys]
            steps += [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self.command(
            "PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": steps}]}
        )


class Firefox(Driver):
    def __init__(self, port: int, url: str) -> None:
        self._line = socket.create_connection(("127.0.0.1", port), timeout=_ANSWER_S)
        self._count, self._url = 0, url
        self._read()
        self.command("NewSession", {})

    def command(self, name: str, body: dict[str, Any]) -> Any:
        return self._ask(f"WebDriver:{name}", body)

    def errors(self) -> list[str]:
        self._ask("Marionette:SetContext", {"value": "chrome"})
        script = "return Services.console.getMessageArray().map(String)"
        told = self.command("ExecuteScript", {"script": script, "args": []})
        self._ask("Marionette:SetContext", {"value": "content"})
        return [one for one in told if "Error" in one.split(":")[0] and self._url in one]

    def close(self) -> None:
        self._line.close()

    def _ask(self, name: str, body: dict[str, Any]) -> Any:
        self._count += 1
        message = json.dumps([0, self._count, name, body]).encode()
        self._line.sendall(b"%d:%b" % (len(message), message))
        _, _, error, value = self._read()
        assert error is None, (name, error)
        return value["value"] if isinstance(value, dict) and "value" in value else value

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._received(1)
        return json.loads(self._received(int(length[:-1])))

    def _received(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self._line.recv(count - len(data))
            assert part, "Firefox has ended"
            data += part
        return data


_PATHS = {
    "Navigate": "/url",
    "ExecuteScript": "/execute/sync",
    "PerformActions": "/actions",
    "SetWindowRect": "/window/rect",
}


class WebKit(Driver):
    def __init__(self, port: int, log: Path) -> None:
        self._base, self._log = f"http://127.0.0.1:{port}/session", log
        options = {"args": ["--automation", "--enable-write-console-messages-to-stdout=true"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = self._ask("POST", "", {"capabilities": wanted})
        self._base += f"/{session['sessionId']}"
        self.command("SetWindowRect", {"x": 0, "y": 0, "width": 1200, "height": 850})

    def command(self, name: str, body: dict[str, Any]) -> Any:
        return self._ask("POST", _PATHS[name], body)

    def errors(self) -> list[str]:
        lines = self._log.read_text("utf-8", "replace").splitlines()
        return [line for line in lines if line.startswith("CONSOLE") and " ERROR " in line]

    def close(self) -> None:
        self._ask("DELETE", "", None)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(self._base + path, data, method=method)
        try:
            with urllib.request.urlopen(asked, timeout=_ANSWER_S) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError((path, error.read().decode())) from error


@contextmanager
def firefox(url: str, environ: Mapping[str, str] | None = None) -> Iterator[Firefox]:
    """Firefox, on a page of `url` alone, with some variables of its own."""
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        preferences = {
            "marionette.port": port,
            "media.autoplay.default": 0,
            "media.autoplay.blocking_policy": 0,
            "media.autoplay.block-webaudio": False,
            "browser.download.folderList": 2,
            "browser.download.dir": folder,
            "app.update.disabledForTesting": True,
            "datareporting.policy.dataSubmissionEnabled": False,
            "network.captive-portal-service.enabled": False,
            "network.connectivity-service.enabled": False,
        }
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in preferences.items()]
        Path(folder, "user.js").write_text("".join(lines), "utf-8")
        options = ["--headless", "--no-remote", "--profile", folder]
        remote = ["--marionette", "--remote-allow-system-access"]
        command = [find_or_install("firefox"), *options, *remote]
        with _running(command, {**os.environ, **(environ or {})}, Path(folder) / "log"):
            _until_listening(port)
            driver = Firefox(port, url)
            yield driver
            driver.close()


@contextmanager
def sound_device() -> Iterator[dict[str, str]]:
    """How browsers find a sound device that nobody hears: Firefox plays nothing without one."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        address = f"unix:{folder}/native"
        command = [find_or_install("pulseaudio"), "-n", "--exit-idle-time=-1", "--daemonize=no"]
        modules = ["module-null-sink", f"module-native-protocol-unix socket={folder}/native"]
        loaded = [part for module in modules for part in ("-L", module)]
        environ = {**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder}
        with _running([*command, *loaded], environ, Path(folder) / "log"):
            wait_for(Path(folder, "native").exists, _STARTED_S)
            yield {"PULSE_SERVER": address, "PULSE_COOKIE": f"{folder}/.config/pulse/cookie"}


@contextmanager
def webkit() -> Iterator[WebKit]:
    """WebKitGTK's own small browser, on a screen that nobody sees."""
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, _screen() as display:
        environ = {
            **os.environ,
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "HOME": folder,
            "XDG_RUNTIME_DIR": folder,
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
            # Its sandbox needs rights that containers do not have; it opens our own page alone.
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        log = Path(folder) / "log"
        with _running([find_or_install("webkit"), f"--port={port}"], environ, log):
            _until_listening(port)
            driver = WebKit(port, log)
            yield driver
            driver.close()


@contextmanager
def _screen() -> Iterator[str]:
    reading, writing = os.pipe()
    command = [find_or_install("xvfb"), "-displayfd", str(writing), "-nolisten", "tcp"]
    screen = ["-screen", "0", "1280x900x24"]
    with open(reading, encoding="ascii") as told:
        server = subprocess.Popen(
            [*command, *screen], pass_fds=[writing], stderr=subprocess.DEVNULL
        )
        os.close(writing)
        try:
            yield f":{told.readline().strip()}"
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def _running(command: list[str], environ: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environ, stdout=output, stderr=output)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(20)


def _until_listening(port: int) -> None:
    deadline_s = time.monotonic() + _STARTED_S
    while time.monotonic() < deadline_s:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on {port}")
