"""The network that is trained: one encoder, tags for every wordpiece, and for each trigger pointers and attributes.

A pointer is two choices: its first piece (or nothing, position 0), bilinear between the trigger and every piece; then, given the
first, its last. Both have a bias learned for the distance from the trigger.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from onrecord.reader.labels import ATTRIBUTES, FARTHEST, FOCUS, KINDS, LAYERS, ROLE_INDEX
from onrecord.reader.wordpiece import SHAPES

WIDTH = 160
HIDDEN = 256
NEVER = -1e4


class Network(nn.Module):
    """The encoder with its heads; ``encode`` and ``tag`` see pieces, ``point`` and ``attribute`` see triggers."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.shape = nn.Embedding(SHAPES, size)
        nn.init.zeros_(self.shape.weight)
        self.drop = nn.Dropout(0.15)
        self.tags = nn.Linear(size, sum(map(len, LAYERS.values())))
        self.trigger, self.first, self.last = (nn.Sequential(nn.Linear(size, WIDTH), nn.ReLU(), nn.Dropout(0.1)) for _ in range(3))
        roles = len(ROLE_INDEX)
        self.match = nn.Parameter(torch.randn(2, roles, WIDTH, WIDTH) * 0.01)
        self.prior = nn.Parameter(torch.randn(2, roles, WIDTH) * 0.02)
        self.from_first = nn.Parameter(torch.randn(WIDTH, WIDTH) * 0.01)
        self.distance = nn.Parameter(torch.zeros(2, roles, 2 * FARTHEST + 1))
        self.length = nn.Parameter(torch.zeros(roles, FARTHEST + 1))
        self.nothing = nn.Parameter(torch.zeros(roles))
        self.middle = nn.ModuleDict({kind: nn.Sequential(nn.Linear(2 * size, HIDDEN), nn.ReLU(), nn.Dropout(0.1)) for kind in KINDS})
        self.attributes = nn.ModuleDict(
            {f"is_{name}": nn.Linear(HIDDEN, len(values)) for kind in KINDS for name, values in ATTRIBUTES[kind].items()}
        )
        self.sentence = nn.Linear(size, size, bias=False)
        nn.init.eye_(self.sentence.weight)

    def encode(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Vectors [batch, length, size] of the pieces; position 0 is [CLS]."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.shape(shapes)
        return self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state

    def start(self, trigger: Tensor, keys: Tensor, mask: Tensor, distance: Tensor, roles: slice) -> Tensor:
        """Scores [triggers, roles, length] of each piece as each role's first one.

        Args:
            trigger: [triggers, WIDTH]; keys: [triggers, length, WIDTH]; mask: [triggers, length];
            distance: [triggers, length] from the trigger, clipped, from 0; roles: the numbers of the kind's roles.
        """
        query = torch.einsum("td,rde->tre", trigger, self.match[0, roles]) + self.prior[0, roles]
        scores = query @ keys.transpose(1, 2) * (4 / math.sqrt(WIDTH)) + self.distance[0, roles][:, distance].transpose(0, 1)
        nothing = self.nothing[roles].expand(len(trigger), -1).unsqueeze(2)
        return torch.cat([nothing, scores[:, :, 1:]], 2).masked_fill(~mask.unsqueeze(1), NEVER)

    def end(self, trigger: Tensor, keys: Tensor, mask: Tensor, distance: Tensor, roles: slice, first: Tensor, at: Tensor) -> Tensor:
        """Scores [triggers, roles, length] of each piece as the last, given the firsts: [triggers, roles, WIDTH], at [triggers, roles]."""
        query = torch.einsum("td,rde->tre", trigger, self.match[1, roles]) + self.prior[1, roles] + first @ self.from_first
        scores = query @ keys.transpose(1, 2) * (4 / math.sqrt(WIDTH)) + self.distance[1, roles][:, distance].transpose(0, 1)
        span = torch.arange(keys.shape[1]) - at.unsqueeze(2)
        length = self.length[roles].unsqueeze(0).expand(len(trigger), -1, -1).gather(2, span.clamp(0, FARTHEST))
        return (scores + length).masked_fill(~mask.unsqueeze(1) | (span < 0), NEVER)

    def attribute(self, kind: str, trigger: Tensor, focus: Tensor) -> dict[str, Tensor]:
        """Scores of each attribute's values, from the mean vectors of the trigger and of the role in focus (zeros: none)."""
        middle = self.middle[kind](torch.cat([trigger, focus], 1))
        return {name: self.attributes[f"is_{name}"](middle) for name in ATTRIBUTES[kind]}


__all__ = ["FOCUS", "HIDDEN", "NEVER", "WIDTH", "Network"]
