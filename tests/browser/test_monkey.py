"""Random edits through the real page, from a seed: page, server and a plain model agree throughout.

`MONKEY_EDITS` says how many, `MONKEY_SEED` which.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from editor.document import Segment, Transcript, split_words
from editor.store import Store, open_store
from tests.browser.conftest import TEXT
from tests.browser.killable import KillableServer
from tests.support.library import settings_for
from tests.support.stand_in import Listener, write_recording

pytestmark = pytest.mark.browser

EDITS = int(os.environ.get("MONKEY_EDITS", "60"))
SEED = int(os.environ.get("MONKEY_SEED", "1"))
WORDS = ("so", "every", "naïve", "日本", "x-y", "20%", "end.", "😀", "שלום", "listeners,")
MOST_LETTERS = 120
#: One move of the monkey makes fewer steps.
MOST_STEPS = 40

#: Of a segment its letters, whether it is ticked, and the note on it.
Line = tuple[str, bool, str]
#: What the text is.
State = tuple[Line, ...]
Action = Literal["edit", "undo", "redo"]


@dataclass(frozen=True)
class Step:
    """What a person did at one go.

    `on_the_way` are the states of the text while it was typed: where a person rests, and then types
    on, the page saves one of them.
    """

    action: Action
    state: State
    on_the_way: tuple[State, ...] = ()


@dataclass
class Model:
    """The transcript as the simplest thing that could be right: states, one behind the other.

    What was done waits in `fresh` until the server has told its steps.
    """

    state: State
    done: list[State] = field(default_factory=list)
    undone: list[State] = field(default_factory=list)
    fresh: list[Step] = field(default_factory=list)

    def set(self, state: State, on_the_way: tuple[State, ...] = ()) -> None:
        if state != self.state:
            self.fresh.append(Step("edit", state, on_the_way))
            self.state = state

    def learn(self, before: State, saved: Iterable[tuple[Action, State]]) -> None:
        """Take the server's steps as those that can be undone.

        They are what was done, in order; but there is one more for each rest in typing.
        """
        told, now = iter(saved), before
        for step in self.fresh:
            way = list(step.on_the_way)
            for action, state in told:
                assert action == step.action, f"{action} in place of {step}"
                # To undo times is a step, too.
                is_news = action != "edit" or state != now
                assert is_news, f"a step that changes nothing: {state}"
                self._took(action, now)
                now = state
                if state == step.state:
                    break
                assert state in way, f"{state} is not on the way to {step}"
                del way[: way.index(state) + 1]
            else:
                raise AssertionError(f"never saved: {step}")
        self.fresh.clear()
        assert not (more := list(told)), f"nobody did this: {more}"

    def learn_same(self, saved: Iterable[tuple[Action, State]]) -> None:
        """Steps that change none of these, as of times."""
        for action, state in saved:
            assert (action, state) == ("edit", self.state)
            self._took("edit", state)

    def _took(self, action: Action, before: State) -> None:
        """A step was made from the state `before`."""
        if action == "undo":
            self.done.pop()
            self.undone.append(before)
            return
        self.done.append(before)
        if action == "redo":
            self.undone.pop()
        else:
            self.undone.clear()

    def put(self, index: int, *lines: Line, over: int = 1) -> None:
        self.set((*self.state[:index], *lines, *self.state[index + over :]))

    def write(self, index: int, *texts: str) -> None:
        """One text behind the other, of which the last one stays."""
        states = [
            (*self.state[:index], (text.strip(), *self.state[index][1:]), *self.state[index + 1 :])
            for text in texts
        ]
        self.set(states[-1], tuple(states[:-1]))

    def split(self, index: int, at: int) -> None:
        text, tick, note = self.state[index]
        self.put(index, (text[:at].strip(), tick, note), (text[at:].strip(), tick, ""))

    def join(self, index: int, count: int = 2) -> None:
        """So many, this one the first."""
        self.put(index, reduce(joined, self.state[index : index + count]), over=count)

    def tick(self, chosen: list[int]) -> None:
        tick = not all(self.state[index][1] for index in chosen)
        self.set(
            tuple(
                (text, tick if index in chosen else old, note)
                for index, (text, old, note) in enumerate(self.state)
            )
        )

    def delete(self, chosen: list[int]) -> None:
        self.set(tuple(line for index, line in enumerate(self.state) if index not in chosen))

    def undo(self) -> None:
        self.state = self.done[-1]
        self.fresh.append(Step("undo", self.state))

    def redo(self) -> None:
        self.state = self.undone[-1]
        self.fresh.append(Step("redo", self.state))


def joined(above: Line, below: Line) -> Line:
    (first, tick, note), (second, other, more) = above, below
    is_unspaced = len(split_words(first[-1:] + second[:1])) == 2
    text = f"{first}{'' if is_unspaced else ' '}{second}".strip()
    return text, tick and other, "\n".join(filter(None, (note, more)))


def state_of(segments: Iterable[Segment]) -> State:
    return tuple((one.text, one.reviewed, one.note) for one in segments)


def units(text: str) -> int:
    """Length as the page counts it."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class Monkey:
    chance: random.Random
    page: Page
    server: KillableServer
    store: Store
    transcript_id: str
    model: Model
    #: What the text was when everything was saved last, and the last step until then.
    settled: State
    told: int = 0

    def place(self) -> tuple[int, int]:
        """A segment and an offset in it, anywhere."""
        index = self.chance.randrange(len(self.model.state))
        return index, self.chance.randint(0, len(self.text(index)))

    def text(self, index: int) -> str:
        return self.model.state[index][0]

    def caret(self, index: int, offset: int) -> None:
        self.page.evaluate(
            """([index, offset]) => {
              const box = document.querySelectorAll(".box")[index];
              box.focus();
              if (box.firstChild) getSelection().collapse(box.firstChild, offset);
              else getSelection().collapse(box, 0);
            }""",
            [index, units(self.text(index)[:offset])],
        )

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def typed(self, index: int, offset: int, text: str) -> None:
        """What typing does to the model; a text begins with no space."""
        old = self.text(index)
        ends = range(1, len(text) + 1)
        self.model.write(index, *(old[:offset] + text[:end] + old[offset:] for end in ends))

    def word(self, offset: int) -> str:
        word = self.chance.choice(WORDS)
        return f"{word} " if offset == 0 else f" {word}"

    def type(self) -> None:
        index, offset = self.place()
        if len(self.text(index)) > MOST_LETTERS:
            return self.delete()
        word = self.word(offset)
        self.caret(index, offset)
        until = self.chance.randint(0, len(word)) if self.chance.random() < 0.1 else 0
        self.page.keyboard.type(word[:until])
        self.page.wait_for_timeout(700 if until else 0)
        self.page.keyboard.type(word[until:])
        self.typed(index, offset, word)
        self.press("Enter")
        return None

    def type_and_split(self) -> None:
        """Without a rest between: both are kept, as two steps."""
        index, offset = self.place()
        text = self.text(index)
        if not text[:offset].strip() or not text[offset:].strip() or text[offset].isspace():
            return
        self.caret(index, offset)
        self.page.keyboard.type("ab")
        self.typed(index, offset, "ab")
        self.press("Control+Enter")
        self.model.split(index, offset + 2)

    def paste(self) -> None:
        index, offset = self.place()
        if len(self.text(index)) > MOST_LETTERS:
            return
        pasted = f"{self.word(1)[1:]}\r\n  {self.word(1)[1:]}"
        self.page.evaluate("text => navigator.clipboard.writeText(text)", pasted)
        self.caret(index, offset)
        self.press("Control+v", "Enter")
        first, second = pasted.split("\r\n  ")
        old = self.text(index)
        self.model.write(index, f"{old[:offset]}{first} {second}{old[offset:]}")

    def delete(self) -> None:
        index, offset = self.place()
        text = self.text(index)
        count = self.chance.randint(0, min(offset, 12))
        self.caret(index, offset)
        self.press(*["Backspace"] * count, "Enter")
        gone = range(count + 1)
        self.model.write(index, *(text[: offset - letters] + text[offset:] for letters in gone))

    def split(self) -> None:
        index, offset = self.place()
        text = self.text(index)
        if text[:offset].strip() and text[offset:].strip():
            self.caret(index, offset)
            self.press("Control+Enter")
            self.model.split(index, offset)

    def join(self) -> None:
        index = self.chance.randrange(len(self.model.state))
        if index > 0 and len(self.model.state) > 2:
            self.caret(index, 0)
            self.press("Backspace")
            self.model.join(index - 1)

    def tick(self) -> None:
        index, offset = self.place()
        self.caret(index, offset)
        self.press("Alt+r")
        self.model.tick([index])

    def choose(self) -> list[int]:
        """A stretch, or two somewhere."""
        count = len(self.model.state)
        if self.chance.random() < 0.6:
            first = self.chance.randrange(count)
            chosen = list(range(first, min(count, first + self.chance.randint(2, 4))))
            self.caret(first, 0)
            self.press(*["Alt+Shift+ArrowDown"] * len(chosen))
        else:
            chosen = sorted(self.chance.sample(range(count), min(2, count)))
            for index in chosen:
                self.caret(index, 0)
                self.press("Alt+x")
        count_shown = self.page.locator("#chosen [data-part=count]")
        expect(count_shown).to_have_text(re.compile(f"^{len(chosen)} segments? selected"))
        return chosen

    def tick_many(self) -> None:
        chosen = self.choose()
        self.press("Alt+r", "Escape")
        self.model.tick(chosen)
        self.gone()

    def delete_many(self) -> None:
        chosen = self.choose()
        if len(self.model.state) - len(chosen) < 2:
            self.press("Escape")
            return self.gone()
        self.press("Alt+Delete")
        self.model.delete(chosen)
        return self.gone()

    def join_many(self) -> None:
        chosen = self.choose()
        is_stretch = chosen[-1] - chosen[0] == len(chosen) - 1
        if len(chosen) < 2 or not is_stretch:
            self.press("Escape")
            return self.gone()
        self.press("Alt+j")
        self.model.join(chosen[0], len(chosen))
        return self.gone()

    def gone(self) -> None:
        self.page.locator("#chosen").wait_for(state="hidden")

    def note(self) -> None:
        index, offset = self.place()
        self.caret(index, offset)
        note = self.chance.choice(("", *WORDS))
        self.press("Alt+n", "Control+a", "Delete")
        self.page.keyboard.type(note)
        self.press("Enter")
        text, tick, _ = self.model.state[index]
        self.model.put(index, (text, tick, note))

    def let_go(self) -> None:
        """A time is set by hand and let go; how many steps that is, only the server knows."""
        self.settle()
        index, offset = self.place()
        self.caret(index, offset)
        self.press(self.chance.choice(("Alt+Shift+ArrowRight", "Alt+,", "Alt+.")))
        self.page.wait_for_timeout(700)
        self.press("Alt+Shift+l")
        self.page.wait_for_timeout(50)
        self.rest()
        self.model.learn_same(self.news())

    def news(self) -> Iterator[tuple[Action, State]]:
        """The steps that the server has not told yet, and what the text was after each."""
        steps = self.store.revisions(self.transcript_id, limit=MOST_STEPS)
        fresh = [step for step in steps if step.id > self.told]
        assert len(fresh) < MOST_STEPS
        for step in reversed(fresh):
            self.told = step.id
            segments = self.store.segments_at(self.transcript_id, step.id)
            yield step.action, state_of(segments)

    def undo(self) -> None:
        for _ in range(self.chance.randint(1, 4)):
            if self.model.done:
                self.press("Control+z")
                self.model.undo()
                self.settle()

    def redo(self) -> None:
        for _ in range(self.chance.randint(1, 4)):
            if self.model.undone:
                self.press("Control+Shift+z")
                self.model.redo()
                self.settle()

    def reload(self) -> None:
        """In the middle of a word."""
        index, offset = self.place()
        word = self.word(offset)
        self.caret(index, offset)
        self.page.keyboard.type(word)
        self.typed(index, offset, word)
        self.page.reload()
        self.page.locator(".box").first.wait_for()

    def crash(self) -> None:
        """The server dies, typing goes on, the server comes back."""
        index, offset = self.place()
        word = self.word(offset)
        self.server.kill()
        self.caret(index, offset)
        self.page.keyboard.type(word)
        self.typed(index, offset, word)
        self.press("Enter")
        self.page.wait_for_timeout(50)
        self.server.start()

    def settle(self) -> None:
        """Wait until everything is saved; the model then knows what can be undone."""
        self.rest()
        self.model.learn(self.settled, self.news())
        self.settled = self.model.state
        undo = self.page.locator("[data-part=undo]")
        expect(undo).to_be_enabled(enabled=bool(self.model.done))

    def rest(self) -> None:
        """Wait until everything is saved, and shown: what is done shows from the next frame on."""
        self.page.evaluate(
            "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
        )
        self.page.wait_for_function(
            """count => document.querySelector("[data-part=save]").dataset.state === "saved" &&
              document.querySelectorAll(".box").length === count""",
            arg=len(self.model.state),
            timeout=20_000,
        )

    def check(self) -> None:
        """Page, server and model agree; no rule is broken."""
        self.settle()
        wanted: Any = [list(line) for line in self.model.state]
        self.page.wait_for_function(
            """wanted => {
              const rows = [...document.querySelectorAll(".segment")];
              const shown = rows.map((row) => [row.querySelector(".box").textContent.trim(),
                row.classList.contains("is-reviewed"),
                row.querySelector(".note")?.textContent ?? ""]);
              return JSON.stringify(shown) === JSON.stringify(wanted);
            }""",
            arg=wanted,
            timeout=5_000,
        )
        segments = tuple(one.segment for one in self.store.segments(self.transcript_id))
        assert state_of(segments) == self.model.state
        assert Transcript(segments).segments == segments

    def shown(self) -> Any:
        """What stands on the page, for the report of a failure."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll(".box, #toast, .save, .choice")].map(
              (one) => [one.className, one.textContent])"""
        )

    def step(self) -> str:
        kinds = [self.type, self.type_and_split, self.paste, self.delete, self.split, self.join]
        kinds += [self.tick, self.undo, self.redo, self.reload, self.crash, self.tick_many]
        kinds += [self.delete_many, self.join_many, self.note, self.let_go]
        weights = [30, 6, 8, 14, 14, 10, 4, 14, 8, 2, 1, 4, 3, 2, 6, 4]
        (run,) = self.chance.choices(kinds, weights)
        run()
        return run.__name__


@pytest.fixture
def monkey(browser: Browser, tmp_path: Path) -> Iterator[Monkey]:
    data_dir = tmp_path / "data"
    store = open_store(f"sqlite:///{data_dir / 'transcripts.db'}")
    recording = tmp_path / "episode.wav"
    write_recording(recording, len(TEXT.split()))
    listener = Listener(settings_for(data_dir), store, {})
    transcript_id = listener.create_transcript(
        recording, "episode.wav", TEXT.encode(), "episode.txt", "utf-8", "Episode", "base", "en"
    )
    listener.close()
    server = KillableServer(data_dir)
    server.start()
    context = browser.new_context(base_url=server.url, viewport={"width": 1200, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/t/{transcript_id}")
    page.locator(".box").first.wait_for()
    model = Model(tuple((line, False, "") for line in TEXT.splitlines()))
    yield Monkey(random.Random(SEED), page, server, store, transcript_id, model, model.state)
    context.close()
    server.kill()
    store.close()


@pytest.mark.timeout(120 + 2 * EDITS)
def test_whatever_is_done_page_server_and_model_agree(monkey: Monkey) -> None:
    done: list[str] = []
    for _ in range(EDITS):
        before = monkey.model.state
        try:
            done.append(monkey.step())
            monkey.check()
        except Exception as error:
            error.add_note(f"seed {SEED}, after {len(done)} edits, the last {done[-5:]}")
            error.add_note(f"from {before} to {monkey.model.state}")
            error.add_note(f"the page has {monkey.shown()}")
            raise


def _lines(*texts: str) -> State:
    return tuple((text, False, "") for text in texts)


def test_a_rest_in_typing_is_a_step_of_its_own() -> None:
    model = Model(_lines("a", "b"))
    model.write(0, "ax", "axy", "axyz")
    rest, end = _lines("ax", "b"), _lines("axyz", "b")
    model.learn(_lines("a", "b"), [("edit", rest), ("edit", end)])
    assert model.done == [_lines("a", "b"), rest]
    model.undo()
    model.learn(end, [("undo", rest)])
    assert (model.done, model.undone) == ([_lines("a", "b")], [end])


@pytest.mark.parametrize(
    "saved",
    [
        [("edit", _lines("ax", "b"))],
        [("edit", _lines("axyz", "b")), ("edit", _lines("axyz", "c"))],
        [("edit", _lines("axy", "b")), ("edit", _lines("ax", "b")), ("edit", _lines("axyz", "b"))],
        [("edit", _lines("a", "b")), ("edit", _lines("axyz", "b"))],
        [("edit", _lines("ay", "b")), ("edit", _lines("axyz", "b"))],
        [("redo", _lines("axyz", "b"))],
    ],
)
def test_no_other_step_is_forgiven(saved: list[tuple[Action, State]]) -> None:
    model = Model(_lines("a", "b"))
    model.write(0, "ax", "axy", "axyz")
    with pytest.raises(AssertionError):
        model.learn(_lines("a", "b"), saved)
