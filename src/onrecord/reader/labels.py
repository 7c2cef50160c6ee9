"""What the model tells apart, in the order of its outputs: shared by the reader and by the training that makes it."""

from __future__ import annotations

from onrecord.records import FrameKind

KINDS: tuple[FrameKind, ...] = ("statement", "condition", "event")

ROLES: dict[FrameKind, tuple[str, ...]] = {
    "statement": ("speaker", "content", "content2", "addressee", "venue", "where", "when", "hedge", "via", "more"),
    "condition": ("antecedent", "antecedent2", "consequent", "consequent2", "more"),
    "event": ("actor", "recipient"),
}
"""``content2`` and the like are second pieces; ``more`` is the second piece of the trigger itself."""

ROLE_INDEX: dict[tuple[FrameKind, str], int] = {pair: n for n, pair in enumerate((kind, role) for kind in KINDS for role in ROLES[kind])}

FOCUS: dict[FrameKind, str | None] = {"statement": "content", "condition": "antecedent", "event": None}
"""The role whose words the attributes are read from, beside the trigger's."""

ATTRIBUTES: dict[FrameKind, dict[str, tuple[str, ...]]] = {
    "statement": {
        "act": (
            "assert", "commit", "threaten", "warn", "demand", "urge", "propose", "offer", "permit", "refuse", "restrict",
            "consider", "deny", "accuse", "criticise", "praise", "agree", "ask", "plan", "believe", "wish",
        ),
        "continuity": ("none", "maintain", "reaffirm", "soften", "harden", "reverse"),
        "hedge_kind": ("none", "reported", "alleged", "unnamed", "possible", "considering", "denied"),
    },
    "condition": {
        "kind": (
            "if", "unless", "until", "once", "as-long-as", "in-case", "when", "should", "without", "provided", "only-after",
            "in-exchange", "otherwise",
        ),
        "realis": ("open", "counterfactual", "generic"),
        "op": ("none", "and", "or"),
    },
    "event": {
        "type": (
            "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
            "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
        ),
        "mode": ("actual", "future", "hypothetical", "negated", "historical"),
    },
}  # fmt: skip

LAYERS: dict[str, tuple[str, ...]] = {
    "statement": ("O", "B", "I"),
    "condition": ("O", "B", "I"),
    "event": ("O", "B", "I"),
    "entity": ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"),
    "time": ("O", "B", "I"),
    "sentence": ("O", "E"),
}
"""Tags of the wordpieces, a layer of its own for each: a word can be a cue and an event at once."""

FARTHEST = 96
"""Distances from the trigger beyond this many pieces count as this many."""


def layer_slices() -> dict[str, slice]:
    """Where each layer stands in the model's row of tag scores."""
    out, at = {}, 0
    for name, tags in LAYERS.items():
        out[name] = slice(at, at + len(tags))
        at += len(tags)
    return out
