"""The two networks that tell speakers apart, rebuilt as ONNX from their published checkpoints.

Segmentation: PyanNet of pyannote.audio (https://github.com/pyannote/pyannote-audio, MIT): SincNet,
four bidirectional LSTMs, linear layers. Voices: CAM++ of 3D-Speaker
(https://github.com/modelscope/3D-Speaker, Apache-2.0; https://arxiv.org/abs/2303.00332): a
convolutional front end, densely connected time-delay layers with masks of their context.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.weights.onnx_writer import Graph

Tensors = Mapping[str, NDArray[np.float32]]

SAMPLE_RATE_HZ = 16_000
_SINC_LOWEST_HZ, _SINC_NARROWEST_HZ, _SINC_STRIDE = 50.0, 50.0, 10
_LSTM_LAYERS, _LSTM_SIZE = 4, 128
_EPSILON = 1e-5
#: Layers and dilation of each block of CAM++.
_BLOCKS = ((12, 1), (24, 2), (16, 2))
#: Frames over which CAM++ takes the context of a frame, besides that of all.
_CONTEXT_FRAMES = 100


def segmentation_network(tensors: Tensors) -> bytes:
    """ONNX of the network that tells who speaks within some seconds.

    Input `sound`: float32 (windows, 1, samples), 16 kHz. Output `classes`: float32 (windows,
    frames, 7), log-probabilities of nobody, speaker 1, 2, 3, 1+2, 1+3, 2+3.

    Raises:
        KeyError: a tensor is missing.
    """
    graph = Graph()
    x = _instance_norm(graph, tensors, "sincnet.wav_norm1d", "sound")
    filters = graph.constant(_sinc_filters(tensors))
    x = graph.add("Conv", x, filters, strides=[_SINC_STRIDE], kernel_shape=[251])
    x = graph.add("Abs", x)
    for layer in range(3):
        if layer:
            x = _conv(
                graph,
                x,
                tensors[f"sincnet.conv1d.{layer}.weight"],
                tensors[f"sincnet.conv1d.{layer}.bias"],
            )
        x = graph.add("MaxPool", x, kernel_shape=[3], strides=[3])
        x = _instance_norm(graph, tensors, f"sincnet.norm1d.{layer}", x)
        x = graph.add("LeakyRelu", x, alpha=0.01)
    # (windows, channels, frames) -> (frames, windows, channels), as LSTM wants it.
    x = graph.add("Transpose", x, perm=[2, 0, 1])
    for layer in range(_LSTM_LAYERS):
        x = _lstm(graph, tensors, layer, x)
    x = graph.add("Transpose", x, perm=[1, 0, 2])
    for name in ("linear.0", "linear.1"):
        x = graph.add("LeakyRelu", _linear(graph, tensors, name, x), alpha=0.01)
    x = _linear(graph, tensors, "classifier", x)
    graph.put_out("classes", "LogSoftmax", x, axis=-1)
    return graph.model({"sound": ["windows", 1, "samples"]}, {"classes": ["windows", "frames", 7]})


def voice_network(tensors: Tensors) -> bytes:
    """ONNX of the network that makes a vector of a voice.

    Input `features`: float32 (spans, frames, 80), logarithms of mel bands each 10 ms, their mean
    over the frames taken away. Output `voices`: float32 (spans, 192).

    Raises:
        KeyError: a tensor is missing.
    """
    net = _VoiceNetwork(Graph(), tensors)
    x = net.graph.add("Transpose", "features", perm=[0, 2, 1])
    x = net.graph.add("Unsqueeze", x, net.graph.integers(1))
    x = net.front_end(x)
    x = net.normalised_conv(
        x, "xvector.tdnn.linear", "xvector.tdnn.nonlinear.batchnorm", strides=[2], pads=[2, 2]
    )
    x = net.graph.add("Relu", x)
    for number, (layers, dilation) in enumerate(_BLOCKS, start=1):
        for layer in range(1, layers + 1):
            more = net.dense_layer(x, f"xvector.block{number}.tdnnd{layer}", dilation)
            x = net.graph.add("Concat", x, more, axis=1)
        x = net.normalised(x, f"xvector.transit{number}.nonlinear.batchnorm")
        x = _conv(net.graph, x, tensors[f"xvector.transit{number}.linear.weight"])
    x = net.normalised(x, "xvector.out_nonlinear.batchnorm")
    x = net.statistics(x)
    weight, bias = net.folded("xvector.dense.linear", "xvector.dense.nonlinear.batchnorm")
    x = _conv(net.graph, x, weight, bias)
    net.graph.put_out("voices", "Squeeze", x, net.graph.integers(2))
    return net.graph.model({"features": ["spans", "frames", 80]}, {"voices": ["spans", 192]})


@dataclass(frozen=True)
class _VoiceNetwork:
    graph: Graph
    tensors: Tensors

    def front_end(self, x: str) -> str:
        """Two-dimensional convolutions over bands and frames -> (spans, 320, frames)."""
        x = self._rectified(x, "head.conv1", "head.bn1", strides=[1, 1])
        for block in ("head.layer1.0", "head.layer1.1", "head.layer2.0", "head.layer2.1"):
            steps = [2, 1] if block.endswith("0") else [1, 1]
            y = self._rectified(x, f"{block}.conv1", f"{block}.bn1", strides=steps)
            y = self.normalised_conv(y, f"{block}.conv2", f"{block}.bn2", pads=[1] * 4)
            if f"{block}.shortcut.0.weight" in self.tensors:
                x = self.normalised_conv(
                    x, f"{block}.shortcut.0", f"{block}.shortcut.1", strides=steps
                )
            x = self.graph.add("Relu", self.graph.add("Add", y, x))
        x = self._rectified(x, "head.conv2", "head.bn2", strides=[2, 1])
        return self.graph.add("Reshape", x, self.graph.integers(0, 320, -1))

    def _rectified(self, x: str, conv: str, norm: str, strides: list[int]) -> str:
        x = self.normalised_conv(x, conv, norm, strides=strides, pads=[1] * 4)
        return self.graph.add("Relu", x)

    def normalised_conv(self, x: str, conv: str, norm: str, **attributes: list[int]) -> str:
        """A convolution and the normalisation behind it, which one convolution does as well."""
        weight, bias = self.folded(conv, norm)
        return _conv(self.graph, x, weight, bias, **attributes)

    def folded(self, conv: str, norm: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weight and bias of a convolution with the normalisation behind it."""
        weight, (scale, shift) = self.tensors[f"{conv}.weight"], self._scale_and_shift(norm)
        return weight * scale.reshape(-1, *[1] * (weight.ndim - 1)), shift

    def normalised(self, x: str, norm: str) -> str:
        """A normalisation before a convolution, rectified."""
        scale, shift = (self.graph.constant(part[:, None]) for part in self._scale_and_shift(norm))
        return self.graph.add("Relu", self.graph.add("Add", self.graph.add("Mul", x, scale), shift))

    def _scale_and_shift(self, norm: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        mean = self.tensors[f"{norm}.running_mean"].astype(np.float64)
        spread = np.sqrt(self.tensors[f"{norm}.running_var"].astype(np.float64) + _EPSILON)
        scale = self.tensors.get(f"{norm}.weight", np.ones_like(mean)) / spread
        shift = self.tensors.get(f"{norm}.bias", np.zeros_like(mean)) - mean * scale
        return scale.astype(np.float32), shift.astype(np.float32)

    def dense_layer(self, x: str, name: str, dilation: int) -> str:
        """What one layer adds to the channels: (spans, 32, frames)."""
        x = self.normalised(x, f"{name}.nonlinear1.batchnorm")
        x = self.normalised_conv(x, f"{name}.linear1", f"{name}.nonlinear2.batchnorm")
        x = self.graph.add("Relu", x)
        local = _conv(
            self.graph,
            x,
            self.tensors[f"{name}.cam_layer.linear_local.weight"],
            pads=[dilation] * 2,
            dilations=[dilation],
        )
        context = self._context(x)
        for linear, kind in (("linear1", "Relu"), ("linear2", "Sigmoid")):
            parts = (
                self.tensors[f"{name}.cam_layer.{linear}.{part}"] for part in ("weight", "bias")
            )
            context = self.graph.add(kind, _conv(self.graph, context, *parts))
        return self.graph.add("Mul", local, context)

    def _context(self, x: str) -> str:
        """The mean of all frames and that of the 100 frames around, by frame."""
        graph = self.graph
        means = graph.add(
            "AveragePool", x, kernel_shape=[_CONTEXT_FRAMES], strides=[_CONTEXT_FRAMES], ceil_mode=1
        )
        spread = graph.add(
            "Expand",
            graph.add("Unsqueeze", means, graph.integers(3)),
            graph.integers(1, 1, 1, _CONTEXT_FRAMES),
        )
        spread = graph.add("Reshape", spread, graph.integers(0, 0, -1))
        frames = graph.add("Shape", x, start=2, end=3)
        spread = graph.add("Slice", spread, graph.integers(0), frames, graph.integers(2))
        return graph.add("Add", graph.add("ReduceMean", x, axes=[2], keepdims=1), spread)

    def statistics(self, x: str) -> str:
        """Mean and standard deviation over the frames: (spans, 1024, 1)."""
        graph = self.graph
        mean = graph.add("ReduceMean", x, axes=[2], keepdims=1)
        off = graph.add("Sub", x, mean)
        squares = graph.add("ReduceSum", graph.add("Mul", off, off), graph.integers(2), keepdims=1)
        frames = graph.add("Cast", graph.add("Shape", x, start=2, end=3), to=1)
        degrees = graph.add("Sub", frames, graph.constant(np.ones(1, np.float32)))
        deviation = graph.add("Sqrt", graph.add("Div", squares, degrees))
        return graph.add("Concat", mean, deviation, axis=1)


def _conv(
    graph: Graph,
    x: str,
    weight: NDArray[np.float32],
    bias: NDArray[np.float32] | None = None,
    **attributes: list[int],
) -> str:
    given = [graph.constant(part) for part in (weight, bias) if part is not None]
    return graph.add("Conv", x, *given, kernel_shape=list(weight.shape[2:]), **attributes)


def _linear(graph: Graph, tensors: Tensors, name: str, x: str) -> str:
    product = graph.add("MatMul", x, graph.constant(tensors[f"{name}.weight"].T))
    return graph.add("Add", product, graph.constant(tensors[f"{name}.bias"]))


def _instance_norm(graph: Graph, tensors: Tensors, name: str, x: str) -> str:
    given = (graph.constant(tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.add("InstanceNormalization", x, *given, epsilon=_EPSILON)


def _lstm(graph: Graph, tensors: Tensors, layer: int, x: str) -> str:
    def both_ways(part: str) -> NDArray[np.float32]:
        ways = (tensors[f"lstm.{part}_l{layer}{way}"] for way in ("", "_reverse"))
        return np.stack([_reordered(way) for way in ways])

    biases = np.concatenate([both_ways("bias_ih"), both_ways("bias_hh")], axis=1)
    given = [both_ways("weight_ih"), both_ways("weight_hh"), biases]
    y = graph.add(
        "LSTM", x, *map(graph.constant, given), hidden_size=_LSTM_SIZE, direction="bidirectional"
    )
    # (frames, ways, windows, size) -> (frames, windows, ways * size)
    y = graph.add("Transpose", y, perm=[0, 2, 1, 3])
    return graph.add("Reshape", y, graph.integers(0, 0, 2 * _LSTM_SIZE))


def _reordered(gates: NDArray[np.float32]) -> NDArray[np.float32]:
    """From PyTorch's order, input, forget, cell, output, to ONNX's: input, output, forget, cell."""
    entry, forget, cell, out = np.split(gates, 4)
    reordered: NDArray[np.float32] = np.concatenate([entry, out, forget, cell])
    return reordered


def _sinc_filters(tensors: Tensors) -> NDArray[np.float32]:
    """Band passes of 251 samples, 40 even and 40 odd, by their learned lowest and highest pitch.

    As in SincNet (https://arxiv.org/abs/1808.00158), in the form of asteroid-filterbanks.
    """
    name = "sincnet.conv1d.0.filterbank"
    lowest, width, window, at = (
        tensors[f"{name}.{part}"].astype(np.float64)
        for part in ("low_hz_", "band_hz_", "window_", "n_")
    )
    low = _SINC_LOWEST_HZ + np.abs(lowest)
    high = np.clip(low + _SINC_NARROWEST_HZ + np.abs(width), _SINC_LOWEST_HZ, SAMPLE_RATE_HZ / 2)
    band = high - low
    even = (np.sin(high @ at) - np.sin(low @ at)) / (at / 2) * window
    odd = (np.cos(low @ at) - np.cos(high @ at)) / (at / 2) * window
    filters = np.concatenate(
        [
            np.concatenate([even, 2 * band, even[:, ::-1]], axis=1),
            np.concatenate([odd, np.zeros_like(band), -odd[:, ::-1]], axis=1),
        ]
    ) / np.concatenate([2 * band, 2 * band])
    return np.asarray(filters[:, None, :], dtype=np.float32)
