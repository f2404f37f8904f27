"""Fitting the ranking and the decision: convex, without chance, by numpy."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.ranker import BENDS

Floats = NDArray[np.float64]

RANK_PULL, DECIDE_PULL = 1e-4, 1e-4
"""How strongly weights are drawn to zero."""
RANK_STEPS, RANK_RATE = 250, 0.08
DECIDE_STEPS = 25


def bent(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features followed by what of them lies beyond each bend, in the order of `WEIGHED`."""
    beyond = [np.maximum(np.float32(0), features - np.float32(bend)) for bend in BENDS]
    return np.concatenate([features, *beyond], axis=1)


def learn_rank(
    shortlists: Sequence[NDArray[np.float32]],
    right: Sequence[NDArray[np.bool_]],
    worth: Sequence[float],
) -> Floats:
    """Softmax over each shortlist: the right documents together should have all of it. By Adam."""
    rows = bent(np.concatenate(shortlists))
    good = np.concatenate(right)
    sizes = np.array([len(each) for each in right])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    each_worth = np.array(worth) / sum(worth)
    force_of = np.repeat(each_worth, sizes)
    weights = np.zeros(rows.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, RANK_STEPS + 1):
        score = (rows @ weights.astype(np.float32)).astype(np.float64)
        share = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
        whole = np.repeat(np.add.reduceat(share, starts), sizes)
        inside = np.repeat(np.maximum(np.add.reduceat(share * good, starts), 1e-30), sizes)
        force = (share / whole - share * good / inside) * force_of
        slope = (rows.T @ force.astype(np.float32)).astype(np.float64) + 2 * RANK_PULL * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        rate = RANK_RATE * (1 - (step - 1) / RANK_STEPS)
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
    return weights


def learn_decide(signs: Floats, right: NDArray[np.bool_], worth: Floats) -> Floats:
    """Logistic regression by Newton's method. The last sign is the bias and is not drawn to zero."""
    scale = np.maximum(signs.std(axis=0), 1e-3)
    scale[-1] = 1.0
    rows = signs / scale
    worth = worth / worth.sum()
    pull = np.full(rows.shape[1], 2 * DECIDE_PULL)
    pull[-1] = 0.0
    weights = np.zeros(rows.shape[1])
    for _ in range(DECIDE_STEPS):
        sure = chances(rows, weights)
        slope = rows.T @ (worth * (sure - right)) + pull * weights
        curve = (rows * (worth * sure * (1 - sure))[:, None]).T @ rows + np.diag(pull + 1e-9)
        weights -= np.linalg.solve(curve, slope)
    return np.asarray(weights / scale)


def chances(signs: Floats, weights: Floats) -> Floats:
    """The estimated chance of each case."""
    return np.asarray(1 / (1 + np.exp(-np.clip(signs @ weights, -40, 40))))
