"""Networks written as ONNX, which is protobuf: the few messages that they need, and no library.

See onnx.proto3 of https://github.com/onnx/onnx for the numbers of the fields.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

_IR_VERSION, _OPSET = 8, 17
_FLOAT, _INT64 = 1, 7
_VARINT, _BYTES, _FIXED32 = 0, 2, 5
_AS_FLOAT, _AS_INT, _AS_TEXT, _AS_INTS = 1, 2, 3, 7

Attribute = int | float | str | Sequence[int]
#: Text stands for a size that varies.
Shape = Sequence[int | str]


class Graph:
    """A network under construction; `add` and `constant` give the name of what they put out."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, values: NDArray[np.float32] | NDArray[np.int64]) -> str:
        """A tensor that is part of the network."""
        name = f"c{len(self._constants)}"
        is_whole = np.issubdtype(values.dtype, np.integer)
        message = b"".join(_field(1, int(size)) for size in values.shape)
        message += _field(2, _INT64 if is_whole else _FLOAT) + _field(8, name)
        raw = values.astype("<i8" if is_whole else "<f4").tobytes()
        self._constants.append(message + _field(9, raw))
        return name

    def integers(self, *values: int) -> str:
        """A row of integers, as shapes and axes are given."""
        return self.constant(np.array(values, dtype=np.int64))

    def add(self, kind: str, *inputs: str, **attributes: Attribute) -> str:
        """A node of a kind."""
        return self.put_out(f"n{len(self._nodes)}", kind, *inputs, **attributes)

    def put_out(self, name: str, kind: str, *inputs: str, **attributes: Attribute) -> str:
        """A node that puts out what is called `name`."""
        message = b"".join(_field(1, given) for given in inputs) + _field(2, name) + _field(4, kind)
        message += b"".join(_field(5, _attribute(*given)) for given in attributes.items())
        self._nodes.append(message)
        return name

    def model(self, inputs: dict[str, Shape], outputs: dict[str, Shape]) -> bytes:
        """The content of the file; inputs and outputs are of floats."""
        graph = b"".join(_field(1, node) for node in self._nodes) + _field(2, "network")
        graph += b"".join(_field(5, constant) for constant in self._constants)
        graph += b"".join(_field(11, _value(*named)) for named in inputs.items())
        graph += b"".join(_field(12, _value(*named)) for named in outputs.items())
        operators = _field(1, "") + _field(2, _OPSET)
        return _field(1, _IR_VERSION) + _field(7, graph) + _field(8, operators)


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        return _field(1, name) + _field(2, value) + _field(20, _AS_FLOAT)
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, _AS_INT)
    if isinstance(value, str):
        return _field(1, name) + _field(4, value) + _field(20, _AS_TEXT)
    listed = b"".join(_field(8, one) for one in value)
    return _field(1, name) + listed + _field(20, _AS_INTS)


def _value(name: str, shape: Shape) -> bytes:
    sizes = (_field(2, size) if isinstance(size, str) else _field(1, size) for size in shape)
    dimensions = b"".join(_field(1, size) for size in sizes)
    tensor = _field(1, _FLOAT) + _field(2, dimensions)
    return _field(1, name) + _field(2, _field(1, tensor))


def _field(number: int, value: int | float | str | bytes) -> bytes:
    if isinstance(value, float):
        return _varint(number << 3 | _FIXED32) + struct.pack("<f", value)
    if isinstance(value, int):
        return _varint(number << 3 | _VARINT) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    return bytes(_groups_of_7_bits(value & 0xFFFFFFFFFFFFFFFF))


def _groups_of_7_bits(value: int) -> Iterator[int]:
    while value > 0x7F:
        yield value & 0x7F | 0x80
        value >>= 7
    yield value
