"""Exports a trained network: ``python -m training.export NETWORK_FOLDER OUT --base MODEL --name en/1 [--mean] [--float]``.

Written to OUT: ``model.onnx`` (int8 unless ``--float``), ``heads.npz``, ``vocab.txt`` and ``card.json``. Pieces that no English text
needs (other scripts, [unused…]) are taken out of the vocabulary: they cost bytes and say nothing to this reader.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.reader.labels import ATTRIBUTES, KINDS
from training.model import Network

BARS = {"statement": 0.5, "condition": 0.5, "event": 0.5, "time": 0.5, "sentence": 0.5, "role": 0.5}
LIMIT = 25 * 2**20


def main() -> None:
    """Read the arguments, export."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("network", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--base", type=Path, required=True)
    ask.add_argument("--name", required=True)
    ask.add_argument("--mean", action="store_true", help="the averaged weights")
    ask.add_argument("--blend", type=Path, help="folder of the network that training began with, to be mixed in")
    ask.add_argument("--share", type=float, default=0.8, help="the trained network's share in the mixture")
    ask.add_argument("--float", action="store_true", help="not quantised, to see what int8 costs")
    a = ask.parse_args()
    blend = (a.blend / "network.pt", a.share) if a.blend else None
    export(a.network, a.out, a.base, name=a.name, mean=a.mean, quantised=not a.float, blend=blend)


def export(
    trained: Path, out: Path, base: Path, *, name: str, mean: bool, quantised: bool = True, blend: tuple[Path, float] | None = None
) -> None:
    """Write the model of a trained network; its bars are those that nothing was tuned for.

    Args:
        blend: the network that training began with, and the trained one's share in the mean of both: what is between the two often reads
            texts unlike the training data better than either (Wortsman et al. 2022, Robust fine-tuning of zero-shot models).

    Raises:
        SystemExit: the int8 model is over 25 MB.
    """
    out.mkdir(parents=True, exist_ok=True)
    network, pieces = load(trained / "network.pt", base, mean=mean, blend=blend)
    (out / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    encoder(network, out / "model.onnx", quantised=quantised)
    np.savez(out / "heads.npz", **heads(network))
    card = {
        "name": name,
        "bars": BARS,
        "mean": mean,
        "share": blend[1] if blend else 1.0,
        "training": json.loads((trained / "record.json").read_text()),
    }
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n")
    size = sum((out / n).stat().st_size for n in ("model.onnx", "heads.npz"))
    print(f"{size / 2**20:.1f} MB")
    if size > LIMIT and quantised:
        raise SystemExit("the model is over 25 MB")


def load(
    checkpoint: Path, base: Path, *, mean: bool, cut: bool = True, blend: tuple[Path, float] | None = None
) -> tuple[Network, list[str]]:
    """The network of a checkpoint and its vocabulary, which is cut to what is needed unless ``cut`` says otherwise."""
    from transformers import AutoConfig, AutoModel

    held = torch.load(checkpoint, map_location="cpu")
    network = Network(AutoModel.from_config(AutoConfig.from_pretrained(str(base)), attn_implementation="eager"))
    network.load_state_dict(held["network"])
    if mean:
        network.load_state_dict(held["mean"], strict=False)
    if blend:
        began = torch.load(blend[0], map_location="cpu")["network"]
        for name, weight in network.state_dict().items():
            weight.copy_(blend[1] * weight + (1 - blend[1]) * began[name])
    network.eval()
    pieces = [p for p in (base / "vocab.txt").read_text(encoding="utf-8").split("\n") if p]
    keep = [n for n, p in enumerate(pieces) if needed(p) or not cut]
    table = network.encoder.embeddings.word_embeddings
    if not cut:
        return network, pieces
    table.weight = nn.Parameter(table.weight[keep].clone(), requires_grad=False)
    table.num_embeddings, table.padding_idx = len(keep), None
    return network, [pieces[n] for n in keep]


def needed(piece: str) -> bool:
    """Whether English news may need the piece: special ones, Latin letters, digits, marks."""
    if piece.startswith("[unused"):
        return False
    letters = piece.removeprefix("##")
    return not any(c.isalpha() and ord(c) > 0x24F for c in letters)


class Graph(nn.Module):
    """What the encoder's graph computes: hidden vectors, tag scores, and the pointers' keys."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Hidden vectors, tag scores, keys of first and of last pieces, each [batch, length, …]."""
        hidden = self.network.encode(ids, shapes, mask)
        return hidden, self.network.tags(hidden), self.network.first(hidden), self.network.last(hidden)


def encoder(network: Network, path: Path, *, quantised: bool) -> None:
    """Write the encoder's graph; int8 per channel, word embeddings too."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    names = ["ids", "shapes", "mask"]
    outputs = ["hidden", "tags", "firsts", "lasts"]
    example = tuple(torch.ones(2, 7, dtype=torch.long) for _ in names)
    with tempfile.TemporaryDirectory() as folder:
        whole = str(path) if not quantised else f"{folder}/float.onnx"
        torch.onnx.export(
            Graph(network).eval(), example, whole, input_names=names, output_names=outputs, opset_version=17, dynamo=False,
            dynamic_axes={n: {0: "batch", 1: "length"} for n in names + outputs},
        )  # fmt: skip
        network.eval()
        if quantised:
            quantize_dynamic(whole, str(path), weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"])


def heads(network: Network) -> dict[str, np.ndarray]:
    """The weights that the reader's numpy part needs, as 16-bit floats."""
    out = {
        "trigger.weight": network.trigger[0].weight, "trigger.bias": network.trigger[0].bias, "match": network.match,
        "prior": network.prior, "from_first": network.from_first, "distance": network.distance, "length": network.length,
        "nothing": network.nothing, "sentence.weight": network.sentence.weight,
    }  # fmt: skip
    for kind in KINDS:
        out[f"middle.{kind}.weight"], out[f"middle.{kind}.bias"] = network.middle[kind][0].weight, network.middle[kind][0].bias
        for name in ATTRIBUTES[kind]:
            layer = network.attributes[f"is_{name}"]
            out[f"is_{name}.weight"], out[f"is_{name}.bias"] = layer.weight, layer.bias
    return {name: value.detach().numpy().astype(np.float16) for name, value in out.items()}


if __name__ == "__main__":
    main()
