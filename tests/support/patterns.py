"""Every pattern of the package, how it is used, and texts made to let it take long."""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as sre_parser  # type: ignore[import-not-found]
import time
import types
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import regex

import editor

PACKAGE = Path(editor.__file__).parent
#: What asks a pattern something; `compile` only makes it.
_ASKS = frozenset({"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
_PATTERNS = (re.Pattern, regex.Pattern)
_MOST_SAMPLES = 7
_LONG_S = 0.02


@dataclass(frozen=True)
class Used:
    """A pattern, where it is, and the methods that something of the package calls on it."""

    place: str
    pattern: Any
    asks: frozenset[str]


def patterns() -> list[Used]:
    """All that the package compiles, in the order of its modules, and those it only writes down."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    asked = {path: _asked(tree) for path, tree in trees.items()}
    found: dict[tuple[str, int, frozenset[str]], Used] = {}
    for module in pkgutil.walk_packages(editor.__path__, "editor."):
        if module.name.endswith(("__main__", ".env", ".gunicorn", ".wsgi")):
            continue
        loaded = importlib.import_module(module.name)
        for name, value in list(vars(loaded).items()):
            for pattern in _held(value, 3):
                asks = asked[Path(str(loaded.__file__))][name] if pattern is value else _ASKS
                used = Used(f"{module.name}.{name}", pattern, frozenset(asks))
                found.setdefault((pattern.pattern, pattern.flags, used.asks), used)
    for path, tree in trees.items():
        for used in _written(path, tree):
            found.setdefault((used.pattern.pattern, used.pattern.flags, used.asks), used)
    return [used for used in found.values() if used.asks]


def built() -> list[str]:
    """Where a pattern is put together while the program runs, which no test can see whole."""
    return [
        f"{path.relative_to(PACKAGE).as_posix()}:{ast.unparse(call.args[0])}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for call in _calls_of_re(_local(ast.parse(path.read_text("utf-8"))))
        if not isinstance(call.args[0], ast.Constant)
        # Those are called while modules are imported, so what they made is among `patterns()`.
        and "{first}" not in ast.unparse(call.args[0])
    ]


def _held(value: object, depth: int) -> Iterator[Any]:
    if isinstance(value, _PATTERNS):
        yield value
    elif depth and isinstance(value, dict):
        for one in [*value.keys(), *value.values()]:
            yield from _held(one, depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _held(one, depth - 1)
    elif depth and isinstance(value, type) and value.__module__.startswith("editor"):
        for one in list(vars(value).values()):
            yield from _held(one, depth - 1)
    elif depth and isinstance(value, functools.partial):
        yield from _held([value.func, *value.args], depth - 1)
    elif isinstance(value, types.BuiltinMethodType) and isinstance(value.__self__, _PATTERNS):
        yield value.__self__


def _asked(tree: ast.AST) -> dict[str, set[str]]:
    """What is called on each name of a module; a name handed on may be asked anything."""
    asks: dict[str, set[str]] = defaultdict(set)
    owners = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owners.add(node.value)
            if node.attr in _ASKS:
                asks[node.value.id].add(node.attr)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in owners:
            asks[node.id] |= _ASKS
    return asks


def _written(path: Path, tree: ast.AST) -> Iterator[Used]:
    """Patterns that stand where they are used, as in `re.split("a+", text)`."""
    for call in [*_calls_of_re(_local(tree)), *_calls_of_re(tree, _ASKS)]:
        if isinstance(call.args[0], ast.Constant):
            assert isinstance(call.func, ast.Attribute)
            assert isinstance(call.func.value, ast.Name)
            library: Any = {"re": re, "regex": regex}[call.func.value.id]
            asks = frozenset([call.func.attr]) & _ASKS or _ASKS
            place = f"{path.relative_to(PACKAGE).as_posix()}:{call.lineno}"
            yield Used(place, library.compile(call.args[0].value), asks)


def _local(tree: ast.AST) -> ast.AST:
    """What of a module runs later: its functions."""
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda))]
    return ast.Module(body=functions, type_ignores=[])  # type: ignore[arg-type]


def _calls_of_re(tree: ast.AST, names: Set[str] = _ASKS | {"compile"}) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and node.args
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in ("re", "regex")
            and node.func.attr in names
        ):
            yield node


#: One character for each class that is written short.
_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_WORD: "-",
}


def hostile(pattern: Any, most: int = 200) -> list[tuple[str, str, str]]:
    """Beginnings, what is repeated after them, and ends, made of what the pattern itself names."""
    written = pattern.pattern
    written = written.decode("latin-1") if isinstance(written, bytes) else written
    known = re.sub(r"\\[pP]\{[^}]*\}|\\X", r"\\w", written)
    if isinstance(pattern, regex.Pattern):
        known = re.sub(r"--|&&|\|\|", "", known)
    tree = sre_parser.parse(known, pattern.flags & (re.VERBOSE | re.IGNORECASE | re.DOTALL))
    singles = list(dict.fromkeys(_characters(tree)))
    bodies, befores = _repeated(tree, "")
    units = list(dict.fromkeys([_least(tree), *befores, *bodies, *singles]))
    few = singles[:: max(1, len(singles) // _MOST_SAMPLES)]
    units += [a + b for a, b in product(few, few) if a != b]
    starts = list(dict.fromkeys(["", *befores]))
    ends = ["", "\x00", "!", "\n\x00"]
    everything = [(start, unit, end) for unit in units if unit for start in starts for end in ends]
    step = max(1, len(everything) // most)
    return everything[::step]


def _characters(tree: Any) -> Iterator[str]:
    for op, value in tree:
        if op in (sre.LITERAL, sre.NOT_LITERAL):
            yield chr(value)
        elif op is sre.ANY:
            yield "x"
        elif op is sre.IN:
            yield from _of_class(value)
        elif op is sre.BRANCH:
            for one in value[1]:
                yield from _characters(one)
        elif op is sre.SUBPATTERN:
            yield from _characters(value[-1])
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            yield from _characters(value[2])
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _characters(value[1])
        elif op is sre.ATOMIC_GROUP:
            yield from _characters(value)
        elif op is sre.CATEGORY:
            yield _CATEGORIES[value]


def _of_class(members: Any) -> Iterator[str]:
    if members[0][0] is sre.NEGATE:
        named = set(_of_class(members[1:])) if len(members) > 1 else set()
        yield next(c for c in "x y1-\u00e9" if c not in named)
        yield from named
        return
    for op, value in members:
        if op is sre.LITERAL:
            yield chr(value)
        elif op is sre.RANGE:
            yield chr(value[0])
        elif op is sre.CATEGORY:
            yield _CATEGORIES[value]


def _least(tree: Any) -> str:
    """A short text that the pattern takes, but for what it asserts."""
    text = ""
    for op, value in tree:
        if op is sre.LITERAL:
            text += chr(value)
        elif op in (sre.ANY, sre.NOT_LITERAL):
            text += "x"
        elif op is sre.IN:
            text += next(_of_class(value))
        elif op is sre.BRANCH:
            text += _least(value[1][0])
        elif op is sre.SUBPATTERN:
            text += _least(value[-1])
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            text += _least(value[2]) * min(value[0], 50)
        elif op is sre.ATOMIC_GROUP:
            text += _least(value)
    return text


def _repeated(tree: Any, before: str) -> tuple[list[str], list[str]]:
    """What the pattern repeats, and what it wants before that."""
    bodies, befores = [], []
    for at, (op, value) in enumerate(tree):
        here = before + _least(tree[:at])
        inner: list[Any] = []
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            bodies.append(_least(value[2]) or "x")
            befores.append(here)
            inner = [value[2]]
        elif op is sre.BRANCH:
            inner = list(value[1])
        elif op is sre.SUBPATTERN:
            inner = [value[-1]]
        elif op is sre.ATOMIC_GROUP:
            inner = [value]
        for one in inner:
            some, more = _repeated(one, here)
            bodies += some
            befores += more
    return bodies, befores


def seconds(used: Used, ask: str, text: str) -> float:
    """How long one use takes, of this process's time."""
    is_bytes = isinstance(used.pattern.pattern, bytes)
    read: Any = text.encode() if is_bytes else text
    began = time.process_time()
    if ask in ("sub", "subn"):
        used.pattern.sub(b"" if is_bytes else "", read)
    elif ask == "finditer":
        for _ in used.pattern.finditer(read):
            pass
    else:
        getattr(used.pattern, ask)(read)
    return time.process_time() - began


def too_slow(used: Used) -> str | None:
    """The text that lets a pattern take more than linear time, None where none was found."""
    asks = {"sub" if ask in ("subn", "split", "findall", "finditer") else ask for ask in used.asks}
    for (start, unit, end), ask in product(hostile(used.pattern), sorted(asks)):
        for length in (14, 18, 22, 26, 300, 5000):
            text, twice = (
                start + unit * (size // len(unit)) + end for size in (length, 2 * length)
            )
            if seconds(used, ask, text) > _LONG_S:
                once_s = min(seconds(used, ask, text) for _ in range(3))
                is_growing = length < 300 or seconds(used, ask, twice) > 2.8 * once_s
                if once_s > _LONG_S and is_growing:
                    return f"{ask}: {start!r} + {unit!r} * {length // len(unit)} + {end!r}"
                break
    return None
