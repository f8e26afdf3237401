"""The reader as torch trains it: the embedder's encoder with low-rank changes of its upper layers (LoRA; Hu et al., 2021), and a
head of three numbers a token: that an answer begins there, that it ends there, and (at `<s>`, which as a place also stands
for "no answer") that the passage holds the answer."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from rag_app.model_registry.adaptation import read_learned, write_learned

RANK, FIRST_LAYER = 32, 3
PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}


class Adapted(nn.Module):
    """A linear layer that stays as it is, plus the product of two small matrices that learn."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.weight = layer.weight.detach().to(torch.bfloat16)
        self.bias = layer.bias.detach().to(torch.bfloat16)
        self.down = nn.Parameter(torch.empty(RANK, layer.in_features).uniform_(-1, 1) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, states: Tensor) -> Tensor:
        """The layer's output for `states`, whose last axis are its inputs."""
        return nn.functional.linear(states, self.weight, self.bias) + (states @ self.down.T) @ self.up.T


class ReaderModel(nn.Module):
    """The encoder of a model folder with adapted upper layers, and the head."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # "eager" takes a quarter less time backwards than "sdpa" here.
        self.encoder = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        self.encoder.train(False).requires_grad_(False)
        self.adapted: dict[str, Adapted] = {}
        for number in range(FIRST_LAYER, len(self.encoder.encoder.layer)):
            for short, name in PARTS.items():
                home, _, last = name.rpartition(".")
                owner = self.encoder.encoder.layer[number].get_submodule(home)
                self.adapted[f"l{number}.{short}"] = layer = Adapted(getattr(owner, last))
                setattr(owner, last, layer)
        self.head = nn.Linear(self.encoder.config.hidden_size, 3)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits of shape (pairs, tokens, 3); those of padding are far below all others."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self.head(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        masked: Tensor = logits.float().masked_fill(mask[:, :, None] == 0, -1e4)
        return masked

    def learned(self) -> dict[str, Tensor]:
        """What is learned and kept, by the names that rag_app/model_registry/adaptation.py knows."""
        found: dict[str, Tensor] = {"head.w": self.head.weight, "head.b": self.head.bias}
        for name, layer in self.adapted.items():
            found |= {f"{name}.down": layer.down, f"{name}.up": layer.up}
        return found

    def keep(self, file: Path) -> None:
        """Write what was learned."""
        write_learned({name: values.detach().numpy() for name, values in self.learned().items()}, file)

    def take(self, file: Path) -> None:
        """Go on from what was learned before, of this rank or a lower one: what is more adds nothing at first."""
        kept = read_learned(file)
        with torch.no_grad():
            for name, values in self.learned().items():
                before = torch.from_numpy(kept[name])
                values[tuple(slice(size) for size in before.shape)] = before
