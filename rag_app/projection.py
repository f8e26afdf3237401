"""Vectors of many dimensions as points on a plane, so that what is alike stands near: principal component analysis."""

from __future__ import annotations

import numpy as np

from rag_app.interfaces import Vectors


def project(vectors: Vectors) -> tuple[Vectors, float]:
    """Points (count, 2) within 0 and 1 for `vectors` (count, dimension), both axes to one scale, and the share (0 to 1) of the
    vectors' spread that the plane shows. The same vectors give the same points (Pearson 1901, by singular value decomposition).
    """
    centred = vectors - vectors.mean(axis=0)
    _, strengths, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:2] * _signs(axes[:2])[:, None]
    points = np.zeros((len(vectors), 2), np.float32)
    points[:, : len(axes)] = centred @ axes.T
    spread = float((strengths**2).sum())
    shown = float((strengths[:2] ** 2).sum()) / spread if spread else 1.0
    return _within_one(points), shown


def _signs(axes: Vectors) -> Vectors:
    """What turns each axis so that its largest part is positive: an axis means the same both ways round."""
    largest = np.abs(axes).argmax(axis=1)
    signs: Vectors = np.where(axes[np.arange(len(axes)), largest] < 0, -1, 1).astype(np.float32)
    return signs


def _within_one(points: Vectors) -> Vectors:
    """The points moved and scaled, both axes alike, to fill the square between 0 and 1, its middle their middle."""
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max()) or 1.0
    moved: Vectors = ((points - (low + high) / 2) / extent + 0.5).astype(np.float32)
    return moved
