"""Time LDA with many topics beside the sampler of 0.1.0, which weighs all topics for each word, and beside tomotopy.

The chains of a number of topics and a seed advance in turns, a sweep each, in one process, so that all have the same
share of a busy machine; seconds are CPU seconds, the estimation of the priors included. The sampler of 0.1.0 is read
from the history of the repository. It and tomotopy cost the same in each sweep; ``--every 10`` runs them in each tenth
turn and multiplies, and then only our perplexity is known.

Run ``python benchmarks/many_topics.py --topics 100 300 1000 --seeds 0 1 2``; needs ``benchmarks/requirements.txt``.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, Callable, Optional

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
from topic_jobs.corpora import GENERATED_TOPICS, generated_mixtures  # noqa: E402
from topic_jobs.lda import held_out_perplexity, tomotopy_model, with_terms_of  # noqa: E402
from topic_jobs.measuring import stopwatch  # noqa: E402

from text_explorer.corpus.document_term_matrix import Corpus  # noqa: E402
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel, is_sample  # noqa: E402
from text_explorer.topics.models.parts.lda_engine import FIRST_OPTIMISATION, LdaEngine  # noqa: E402
from text_explorer.topics.models.parts.part import number_of_parts, split  # noqa: E402
from text_explorer.topics.models.parts.runners import Serial  # noqa: E402
from text_explorer.topics.quality import predictive_likelihood  # noqa: E402

COMMIT_BEFORE = "4a78a18"
"""The last commit whose sampler weighs all topics for each word, whatever their number."""

State = tuple[np.ndarray, np.ndarray, float]
"""Words by term and topic, of shape (V, K); alpha; beta."""


def _ours(corpus: Corpus, n_topics: int, seed: int) -> Iterator[State]:
    engine = LdaEngine()
    runner = Serial(split(corpus, number_of_parts(int(corpus.doc_lengths.sum()))))
    for state in runner.run(engine, engine.unstarted(n_topics, corpus.n_terms, None), seed):
        yield state.term_topics[:, :n_topics], state.alpha, state.beta


def _before(module: ModuleType, corpus: Corpus, n_topics: int, seed: int) -> Iterator[State]:
    chain = module._Chain(corpus, n_topics, seed, None, 1)
    chain.alpha[:], chain.beta, n_done = module.FIRST_ALPHA, module.FIRST_BETA, 0
    while True:
        chain.sweep()
        n_done += 1
        if n_done >= module.FIRST_OPTIMISATION and n_done % module.OPTIMISATION_INTERVAL == 0:
            chain.estimate_alpha()
            chain.estimate_beta()
        yield chain.term_topics[:, :n_topics], chain.alpha, chain.beta


def _tomotopy(corpus: Corpus, n_topics: int, seed: int) -> Iterator[State]:
    model = tomotopy_model(corpus, n_topics, seed)
    model.train(0)
    while True:
        model.train(1, workers=1)
        yield _Distribution(model, corpus).counts, np.array(model.alpha, dtype=np.float64), 0.0


class _Distribution:
    """The topics of tomotopy, read when they are asked for."""

    def __init__(self, model: Any, corpus: Corpus) -> None:
        self._model, self._corpus = model, corpus

    @property
    def counts(self) -> Any:
        return self

    def read(self) -> np.ndarray:
        """Return P(term | topic), float64 of shape (V, K)."""
        ids = self._corpus.vocabulary.ids
        distr = np.zeros((self._corpus.n_terms, self._model.k))
        columns = [ids[term] for term in self._model.used_vocabs]
        for topic in range(self._model.k):
            distr[columns, topic] = self._model.get_topic_word_dist(topic)
        return distr


@dataclass
class Chain:
    """A sampler under way, the CPU seconds of its sweeps, and the sum of the states the model is made of."""

    states: Iterator[State]
    seconds: float = 0.0
    n_sweeps: int = 0
    total: Any = 0.0
    n_samples: int = 0
    last: Optional[State] = None

    def advance(self, turn: int, n_turns: int) -> None:
        """Do a sweep."""
        with stopwatch() as watch:
            self.last = next(self.states)
        self.seconds += watch.cpu
        self.n_sweeps += 1
        if isinstance(self.last[0], np.ndarray) and is_sample(turn, n_turns):
            self.total = self.total + self.last[0]
            self.n_samples += 1

    def perplexity(self, seen: Corpus, unseen: Corpus) -> float:
        """Return the perplexity of the words of `unseen`, given others of the same documents."""
        counts, alpha, beta = self.last or (np.empty(0), np.empty(0), 0.0)
        mean = self.total / self.n_samples if isinstance(counts, np.ndarray) else counts.read()
        found: float = held_out_perplexity(GibbsLdaModel(np.ascontiguousarray(mean.T), alpha, beta), seen, unseen)
        return found


def sampler_before(folder: str) -> ModuleType:
    """Return the module of the sampler of `COMMIT_BEFORE`, with kernels and imports of its own."""
    command = ["git", "-C", str(ROOT), "archive", COMMIT_BEFORE, "python-lib"]
    with tarfile.open(fileobj=io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)) as archive:
        archive.extractall(folder, filter="data")
    ours = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "text_explorer"}
    sys.path.insert(0, str(Path(folder) / "python-lib"))
    try:
        return import_module("text_explorer.topics.models.gibbs_lda")
    finally:
        sys.path.pop(0)
        for name in [name for name in sys.modules if name.split(".")[0] == "text_explorer"]:
            del sys.modules[name]
        sys.modules.update(ours)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", type=int, nargs="+", default=[100, 300, 1_000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--sweeps", type=int, default=200)
    parser.add_argument("--every", type=int, default=1)
    given = parser.parse_args()
    corpus = generated_mixtures(given.documents, 100, GENERATED_TOPICS, seed=4)
    held_out = with_terms_of(corpus, generated_mixtures(1_000, 100, GENERATED_TOPICS, seed=5))
    halves = predictive_likelihood.split_words(held_out, 0)
    print(f"| K | Seed | Way | CPU s of {given.sweeps} sweeps | Times ours | Perplexity |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        module = sampler_before(folder)
        ways: dict[str, Callable[[Corpus, int, int], Iterator[State]]] = {
            "ours": _ours,
            "topic by topic": lambda corpus, n_topics, seed: _before(module, corpus, n_topics, seed),
            "tomotopy": _tomotopy,
        }
        for n_topics in given.topics:
            for way in ways.values():
                for _ in islice(way(generated_mixtures(100, 100, 5, seed=3), n_topics, 0), FIRST_OPTIMISATION):
                    pass  # compiles
            for seed in given.seeds:
                chains = {name: Chain(way(corpus, n_topics, seed)) for name, way in ways.items()}
                for turn in range(1, given.sweeps + 1):
                    for name, chain in chains.items():
                        if name == "ours" or turn % given.every == 0:
                            chain.advance(turn, given.sweeps)
                _print_rows(n_topics, seed, chains, given.sweeps, halves)


def _print_rows(
    n_topics: int, seed: int, chains: dict[str, Chain], n_sweeps: int, halves: tuple[Corpus, Corpus]
) -> None:
    seconds = {name: chain.seconds * n_sweeps / chain.n_sweeps for name, chain in chains.items()}
    for name, chain in chains.items():
        perplexity = f"{chain.perplexity(*halves):.0f}" if chain.n_sweeps == n_sweeps else ""
        times = f"{seconds[name] / seconds['ours']:.2f}"
        print(f"| {n_topics} | {seed} | {name} | {seconds[name]:.1f} | {times} | {perplexity} |", flush=True)


if __name__ == "__main__":
    main()
