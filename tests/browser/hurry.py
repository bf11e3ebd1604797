"""What keys do to a text, as the simplest thing that could be right, and who presses them quickly.

Nobody waits for anything: neither for the server, whose answers take a while, nor for the browser's
store, which may be gone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from playwright.sync_api import Page

Lines = tuple[str, ...]

#: Each question to the server and each answer takes up to `line.most` ms longer, by a seed; the
#: browser's store can be closed under the page.
SLOW_LINE = """
window.line = {seed: 1, most: 0};
const wait = () => {
  line.seed = (line.seed * 48271) % 2147483647;
  return new Promise((go) => setTimeout(go, line.most * (line.seed % 1000) / 1000));
};
const ask = window.fetch;
window.fetch = async (...asked) => {
  await wait();
  const answer = await ask(...asked);
  await wait();
  return answer;
};
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...asked) {
  const opening = open.apply(this, asked);
  opening.addEventListener("success", () => (window.store = opening.result));
  return opening;
};
"""
#: No line is so long that it takes two on the screen.
MOST_LETTERS = 60


@dataclass(frozen=True)
class Step:
    """What undo takes back at one go, or bit by bit where a person rested while typing."""

    states: tuple[Lines, ...]
    #: The line that was typed in; None: no typing.
    typed: int | None = None


@dataclass(frozen=True)
class Text:
    """Lines, the caret, and what can be undone and done again."""

    lines: Lines
    at: tuple[int, int] = (0, 0)
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @property
    def here(self) -> str:
        return self.lines[self.at[0]]

    def pressed(self, key: str) -> list[Text]:
        """What may be there after a key: more than one where it depends on when the page saved."""
        index, offset = self.at
        if len(key) == 1:
            return [self._written(self.here[:offset] + key + self.here[offset:], offset + 1)]
        if key == "Control+z":
            return self._undone()
        return [self._after(key, index, offset)]

    def _after(self, key: str, index: int, offset: int) -> Text:
        end, last = len(self.here), len(self.lines) - 1
        match key:
            case "Control+Home":
                return replace(self, at=(0, 0))
            case "Control+End":
                return replace(self, at=(last, len(self.lines[last])))
            case "Home" | "End":
                return replace(self, at=(index, 0 if key == "Home" else end))
            case "Enter":
                return replace(self, at=(index + 1, 0)) if index < last else self
            case "ArrowRight":
                further = (index + 1, 0) if index < last else self.at
                return replace(self, at=(index, offset + 1) if offset < end else further)
            case "Backspace":
                if offset:
                    return self._written(self.here[: offset - 1] + self.here[offset:], offset - 1)
                return self._joined(index - 1) if index else self
            case "Delete":
                if offset < end:
                    return self._written(self.here[:offset] + self.here[offset + 1 :], offset)
                return self._joined(index) if index < last else self
            case "Control+Enter":
                parts = [self.here[:offset].strip(), self.here[offset:].strip()]
                return self._put(index, parts, (index + 1, 0)) if all(parts) else self
            case "Alt+r" | "Alt+m" | "Alt+t":
                return self._did(self.lines, self.at)
            case "Alt+Delete":
                return self._put(index, [], (min(index, last - 1), 0))
            case "Control+Shift+z":
                *others, step = self.undone
                lines = step.states[-1]
                return replace(self, lines=lines, done=(*self.done, step), undone=tuple(others))
        raise ValueError(key)

    def _undone(self) -> list[Text]:
        *others, last = self.done
        found = []
        for count in range(len(last.states) - 1):
            lines = last.states[count]
            rest = (Step(last.states[: count + 1], last.typed),) if count else ()
            back = Step((lines, last.states[-1]))
            found.append(Text(lines, (0, 0), (*others, *rest), (*self.undone, back)))
        return found

    def _written(self, line: str, offset: int) -> Text:
        index = self.at[0]
        lines = (*self.lines[:index], line, *self.lines[index + 1 :])
        last = self.done[-1] if self.done and not self.undone else None
        if last is None or last.typed != index:
            return self._did(lines, (index, offset), typed=index)
        step = replace(last, states=(*last.states, lines))
        return replace(self, lines=lines, at=(index, offset), done=(*self.done[:-1], step))

    def _joined(self, index: int) -> Text:
        first, second = self.lines[index].strip(), self.lines[index + 1].strip()
        line = f"{first} {second}"
        return self._put(index, [line], (index, len(line) - len(second)), over=2)

    def _put(self, index: int, lines: Iterable[str], at: tuple[int, int], over: int = 1) -> Text:
        return self._did((*self.lines[:index], *lines, *self.lines[index + over :]), at)

    def _did(self, lines: Lines, at: tuple[int, int], typed: int | None = None) -> Text:
        return Text(lines, at, (*self.done, Step((self.lines, lines), typed)), ())


def saved(lines: Iterable[str]) -> Lines:
    """Lines as the server keeps them."""
    return tuple(line.strip() for line in lines)


def after(texts: Iterable[Text], key: str) -> list[Text]:
    """All that may be there after a key, each once."""
    return list(dict.fromkeys(new for text in texts for new in text.pressed(key)))


@dataclass
class Hurried:
    """Somebody who presses keys without waiting; words are told apart by `name`."""

    page: Page
    chance: random.Random
    name: str
    count: int = 0

    def word(self) -> str:
        self.count += 1
        return f"{self.name}{self.count}"

    def keys(self, text: Text) -> Iterator[str]:
        """One thing that a person does with a text like this."""
        kinds = ["go", "type", "split", "join", "erase", "tick", "delete", "undo"]
        (kind,) = self.chance.choices(kinds, [4, 8, 6, 4, 3, 3, 1, 5])
        index, offset = text.at
        if kind == "go":
            yield from self.go(text)
        elif kind == "type" and len(text.here) < MOST_LETTERS:
            yield from f" {self.word()}" if offset else f"{self.word()} "
        elif kind == "split" and len(text.lines) < 12:
            yield from ["Control+Enter"] * self.chance.randint(1, 3)
        elif kind == "join" and index and len(text.lines) > 3:
            if len(text.here) + len(text.lines[index - 1]) < MOST_LETTERS:
                yield from ("Home", "Backspace")
        elif (
            kind == "erase" and offset > 2 and is_whole(text.here[: offset - 2], text.here[offset:])
        ):
            yield from ["Backspace"] * 2
        elif kind == "tick":
            yield self.chance.choice(("Alt+r", "Alt+m", "Alt+t"))
        elif kind == "delete" and len(text.lines) > 6:
            yield "Alt+Delete"
        elif kind == "undo" and text.done:
            yield from self.back(text)

    def go(self, text: Text) -> Iterator[str]:
        """To a place by keys alone."""
        if self.chance.random() < 0.2:
            yield "Control+End"
        else:
            yield "Control+Home"
            yield from ["Enter"] * self.chance.randrange(len(text.lines))
        kind = self.chance.random()
        if kind < 0.3:
            yield "End"
        elif kind < 0.8:
            yield from ["ArrowRight"] * self.chance.randint(1, 9)

    def back(self, text: Text) -> Iterator[str]:
        """Undo and redo, and then to a place that is known."""
        count = self.chance.randint(1, min(3, len(text.done)))
        yield from ["Control+z"] * count
        yield from ["Control+Shift+z"] * self.chance.randint(0, count)
        yield from self.go(text)


def is_whole(before: str, behind: str) -> bool:
    """Whether nothing stands at an edge that saving takes away."""
    line = before + behind
    return bool(line) and line == line.strip() and not (before.endswith(" ") and not behind)
