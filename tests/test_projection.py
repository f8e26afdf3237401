"""Vectors on a plane."""

from __future__ import annotations

import numpy as np
import pytest

from rag_app.projection import project


def test_points_of_a_plane_keep_their_distances_and_fill_the_square() -> None:
    corners = np.array([[0, 0, 0], [0, 4, 0], [0, 0, 2], [0, 4, 2]], np.float32)
    points, shown = project(corners)
    assert shown == pytest.approx(1.0)
    assert points.min() == pytest.approx(0.0) and points.max() == pytest.approx(1.0)
    sides = [float(np.linalg.norm(points[0] - points[row])) for row in (1, 2, 3)]
    assert sides == pytest.approx([1.0, 0.5, 1.25**0.5], abs=1e-5)


def test_what_is_alike_stands_near_and_each_time_in_the_same_place() -> None:
    generator = np.random.default_rng(3)
    first, second = generator.normal(size=(2, 16)) * 4
    vectors = np.vstack([first + generator.normal(size=(9, 16)), second + generator.normal(size=(9, 16))]).astype(np.float32)
    points, shown = project(vectors)
    assert 0 < shown < 1
    assert np.linalg.norm(points[:9].mean(axis=0) - points[9:].mean(axis=0)) > 3 * points[:9].std()
    assert np.array_equal(points, project(vectors)[0])


@pytest.mark.parametrize("count", [1, 2])
def test_one_vector_or_two_alike_stand_in_the_middle(count: int) -> None:
    points, shown = project(np.ones((count, 8), np.float32))
    assert (points.tolist(), shown) == ([[0.5, 0.5]] * count, 1.0)
