"""Learns what sentences mean: python -m learning.meaning (in tests/)

From the phrases of the catalogue and the answer sets (``texts/answers-*.jsonl``) to
``poa_tracker/amazon/meaning.txt`` and ``meaning.bin``. A point and its answers are drawn together; its
neighbours' answers, and what only looks like an answer, are pushed away. Words start from
``base-words.txt`` and ``base-vectors.bin`` (made by ``base.py``), and stay near them, so that words the
phrases do not have keep their place. Deterministic: same texts, same numbers. Needs torch.
"""

import collections
import json
import math
import random
import struct
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from poa_tracker.amazon.meaning import features_of

HERE = Path(__file__).parent
AMAZON = HERE.parent.parent / "poa_tracker" / "amazon"
SIZE = 128
EPOCHS, STAY, DROP, RATE = 16, 0.03, 0.4, 3e-3
# Words that an answer shares with the mail are left out more often: they are no proof of an answer.
DROP_SHARED = 0.7
# A pair of words counts from this many phrases on.
PAIR_LEAST = 3
_UNSEEN = 6.0
# The greatest number of a base vector, which stands as 127 in its byte.
_BASE_SCALE = 0.5
_KINDS = ("cause", "demand")

Group = list["Topic"]


@dataclass
class Topic:
    """One point: how it is raised, what answers it, what only looks like it."""

    kind: str
    raises: list[str]
    answers: list[str]
    beside: list[str]


def topics() -> tuple[list[Group], list[Group]]:
    """The topics of the catalogue by file, and those of the answer sets by case."""
    files = []
    for path in sorted((AMAZON / "catalogue").glob("*.toml")):
        book = tomllib.loads(path.read_text(encoding="utf-8"))
        files.append(
            [
                Topic(kind, _both(e, "raises"), _both(e, "answers"), _both(e, "beside"))
                for kind in _KINDS
                for e in book.get(kind, {}).values()
            ]
        )
    cases = [
        [
            Topic(r["kind"], [r["text"]], r["answers"], r["beside"])
            for r in json.loads(line)["raises"]
        ]
        for path in sorted((HERE / "texts").glob("answers-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [f for f in files if f], cases


def _both(entry: dict[str, list[str]], name: str) -> list[str]:
    return [*entry[f"{name}_en"], *entry[f"{name}_zh"]]


class Space(torch.nn.Module):  # type: ignore[misc]
    """Word vectors with weights, and a matrix a kind that moves a point to its answers."""

    def __init__(self, words: list[str], start: Any, weights: Any) -> None:
        super().__init__()
        self.index = {word: i + 1 for i, word in enumerate(words)}
        first = torch.tensor(np.vstack([np.zeros((1, SIZE)), start]), dtype=torch.float32)
        self.start = first.clone()
        self.vectors = torch.nn.Parameter(first)
        soft = np.log(np.expm1(np.maximum(np.concatenate([[0.0], weights]) / 4, 0.05)))
        self.soft = torch.nn.Parameter(torch.tensor(soft, dtype=torch.float32))
        self.moves = torch.nn.Parameter(torch.zeros(2, SIZE, SIZE))
        self.sharp = torch.nn.Parameter(torch.tensor(2.0))
        self.known: dict[str, list[int]] = {}

    def ids(self, text: str) -> list[int]:
        if text not in self.known:
            found = features_of(text, self.index)
            self.known[text] = [self.index[f] for f in found if f in self.index] or [0]
        return self.known[text]

    def thinned(self, text: str, shared: frozenset[int]) -> list[int]:
        """The words of a text with a share of them left out, more of those in ``shared``."""
        found = self.ids(text)
        kept = [i for i in found if random.random() > (DROP_SHARED if i in shared else DROP)]
        return kept or found

    def forward(self, texts: list[str], shared: list[frozenset[int]] | None = None) -> torch.Tensor:
        """Unit vectors of texts, with a share of their words left out."""
        rows = [self.thinned(t, shared[k] if shared else frozenset()) for k, t in enumerate(texts)]
        most = max(map(len, rows))
        table = torch.tensor([r + [0] * (most - len(r)) for r in rows])
        weights = torch.nn.functional.softplus(self.soft[table]) * (table > 0)
        return torch.nn.functional.normalize(
            (self.vectors[table] * weights[..., None]).sum(1), dim=-1
        )

    def moved(self, texts: list[str], kinds: list[int]) -> torch.Tensor:
        here = self(texts)
        step = torch.einsum("bd,bde->be", here, self.moves[torch.tensor(kinds)])
        return torch.nn.functional.normalize(here + step, dim=-1)


def learn(target: Path = AMAZON, *, epochs: int = EPOCHS) -> None:
    """Fit the vectors and write them."""
    random.seed(0)
    torch.manual_seed(0)
    files, cases = topics()
    base_words = (HERE / "base-words.txt").read_text(encoding="utf-8").split("\n")
    numbers = np.frombuffer((HERE / "base-vectors.bin").read_bytes(), dtype=np.int8)
    base = numbers.reshape(len(base_words), SIZE).astype(np.float32) / 127 * _BASE_SCALE
    known = frozenset(base_words)
    counts: collections.Counter[str] = collections.Counter()
    phrases = 0
    for topic in (t for group in (*files, *cases) for t in group):
        for text in (*topic.raises, *topic.answers, *topic.beside):
            counts.update(frozenset(features_of(text, known)))
            phrases += 1
    seen = sorted(
        w for w, n in counts.items() if (n >= PAIR_LEAST if "_" in w else n >= 2 or w in known)
    )
    place = {word: i for i, word in enumerate(base_words)}
    noise = np.random.default_rng(0).normal(size=(len(seen), SIZE)) / math.sqrt(SIZE) * 0.3
    start = np.array(
        [
            base[place[w]] if w in place else (noise[i] if "_" not in w else noise[i] * 0)
            for i, w in enumerate(seen)
        ]
    )
    rarity = np.array(
        [math.log(phrases / (1 + counts[w])) * (0.5 if "_" in w else 1) for w in seen]
    )
    space = Space(seen, start, rarity)
    _fit(space, files, cases, epochs)
    _write(space, seen, base_words, base, target)


def _fit(space: Space, files: list[Group], cases: list[Group], epochs: int) -> None:
    groups = [
        {"params": [space.vectors, space.soft], "lr": RATE},
        {"params": [space.moves, space.sharp], "lr": RATE / 3},
    ]
    optimizer = torch.optim.Adam(groups)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda e: 1 - 0.8 * e / epochs)
    single = [t for f in files for t in f]
    some = sum(map(len, cases))
    share = 0.6 * some / (0.6 * some + 1.5 * len(single))
    for epoch in range(epochs):
        loss_sum, steps = 0.0, (len(single) + some) // 4
        for _ in range(steps):
            if random.random() < share:
                batch = [t for case in random.sample(cases, min(6, len(cases))) for t in case]
            elif random.random() < 0.5:
                pool = random.choice(files)
                batch = random.sample(pool, min(32, len(pool)))
            else:
                batch = random.sample(single, 32)
            loss = _loss(space, batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss_sum += loss.item()
        schedule.step()
        print(f"{epoch + 1:3} {loss_sum / steps:.3f}", flush=True)


def _loss(space: Space, batch: Group) -> torch.Tensor:
    texts: list[str] = []
    owner: list[int] = []
    shared: list[frozenset[int]] = []
    raises = [random.choice(t.raises) for t in batch]
    for i, topic in enumerate(batch):
        texts += random.sample(topic.answers, 4) + random.sample(topic.beside, 2)
        owner += [i] * 4 + [-1] * 2
        shared += [frozenset(space.ids(raises[i]))] * 4 + [frozenset()] * 2
    points = space.moved(raises, [_KINDS.index(t.kind) for t in batch])
    table = points @ space(texts, shared).T * torch.exp(space.sharp)
    owners = torch.tensor(owner)
    own = owners[None] == torch.arange(len(batch))[:, None]
    others = torch.logsumexp(table.masked_fill(own, -1e9), 1, keepdim=True)
    by_point = torch.nn.functional.softplus(others - table)[own].mean()
    by_answer = torch.nn.functional.cross_entropy(table.T[owners >= 0], owners[owners >= 0])
    stay = STAY * ((space.vectors - space.start) ** 2).sum() / len(batch)
    return by_point + by_answer + stay


def _write(space: Space, seen: list[str], base_words: list[str], base: Any, target: Path) -> None:
    """Words and numbers as ``poa_tracker.amazon.meaning`` reads them; each vector fills its bytes."""
    rest = [i for i, w in enumerate(base_words) if w not in space.index]
    with torch.no_grad():
        vectors = np.vstack([space.vectors[1:].numpy(), base[rest]])
        weights = torch.nn.functional.softplus(space.soft[1:]).numpy()
        # ``moved`` multiplies from the left, the program by rows.
        moves = space.moves.numpy().transpose(0, 2, 1)
    weights = np.concatenate(
        [weights, np.full(len(rest), math.log1p(math.exp(math.log(math.expm1(_UNSEEN / 4)))))]
    )
    scale = np.abs(vectors).max(axis=1, keepdims=True) + 1e-9
    numbers = np.rint(vectors / scale * 127).astype(np.int8)
    words = [*seen, *(base_words[i] for i in rest)]
    head = struct.pack("<ii", SIZE, len(words))
    scaled = (weights * scale[:, 0] / 127).astype("<f4")
    (target / "meaning.txt").write_text("\n".join(words), encoding="utf-8")
    (target / "meaning.bin").write_bytes(
        head + scaled.tobytes() + moves.astype("<f4").tobytes() + numbers.tobytes()
    )
    print(f"{len(words)} words")


if __name__ == "__main__":
    learn(epochs=int(sys.argv[1]) if len(sys.argv) > 1 else EPOCHS)
