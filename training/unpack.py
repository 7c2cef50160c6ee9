"""Makes a network of a model that ships, to go on training from: ``python -m training.unpack MODEL OUT --base MODEL``.

The weights come back from int8, so they are near what they were, not the same; the word embeddings, which are never trained, come from the
untouched encoder. Written to OUT: ``network.pt`` and ``record.json``, as ``training.train --start`` takes them.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.model import Network


def main() -> None:
    """Read the arguments, write the network."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("model", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--base", type=Path, required=True)
    a = ask.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save({"network": unpack(a.model, a.base).state_dict()}, a.out / "network.pt")
    (a.out / "record.json").write_text(json.dumps(json.loads((a.model / "card.json").read_text())["training"], indent=1) + "\n")


def unpack(model: Path, base: Path) -> Network:
    """The network that a model was exported from, as near as int8 lets it be.

    Raises:
        KeyError: a weight of the network is missing in the model.
    """
    from transformers import AutoModel

    network = Network(AutoModel.from_pretrained(str(base)))
    held = {**_graph(model / "model.onnx"), **_heads(model / "heads.npz")}
    untouched = {"encoder.embeddings.word_embeddings.weight"}
    state = network.state_dict()
    for name, weight in state.items():
        if name not in untouched and not name.startswith("encoder.pooler."):
            weight.copy_(held[name].reshape(weight.shape))
    return network


def _graph(path: Path) -> dict[str, Tensor]:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}

    def back(name: str) -> np.ndarray:
        return (arrays[f"{name}_quantized"].astype(np.float32) - arrays[f"{name}_zero_point"]) * arrays[f"{name}_scale"]

    out = {n.removeprefix("network."): torch.tensor(a) for n, a in arrays.items() if n.startswith("network.") and a.dtype == np.float32}
    for name in arrays:
        if name.startswith("network.") and name.endswith("_quantized"):
            name = name.removesuffix("_quantized")
            out[name.removeprefix("network.")] = torch.tensor(back(name))
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            # "/encoder/…/query/MatMul_quant" multiplies with the transposed weight of the module of that name.
            module = re.sub(r"^(first|last)/\1\b", r"\1", node.name.strip("/").removesuffix("/MatMul_quant")).replace("/", ".")
            out[f"{module}.weight"] = torch.tensor(back(node.input[1].removesuffix("_quantized")).T.copy())
    return out


def _heads(path: Path) -> dict[str, Tensor]:
    names = {"trigger": "trigger.0", "middle": "middle"}
    out = {}
    for name, array in np.load(path).items():
        first, _, rest = name.partition(".")
        if first == "middle":
            kind, _, which = rest.partition(".")
            name = f"middle.{kind}.0.{which}"
        elif first.startswith("is_"):
            name = f"attributes.{name}"
        elif first in names and rest:
            name = f"{names[first]}.{rest}"
        out[name] = torch.tensor(array.astype(np.float32))
    return out


if __name__ == "__main__":
    main()
