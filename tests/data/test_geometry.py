from __future__ import annotations

import math
import re

import pytest

from data import geometry
from data.geometry import Ring

LEFT: Ring = ((0, 0), (2, 0), (2, 1), (2, 2), (0, 2), (0, 0))
RIGHT: Ring = ((2, 0), (4, 0), (4, 2), (2, 2), (2, 1), (2, 0))


def test_rings_of_both_kinds_of_shapes() -> None:
    square = [[0, 0], [1, 0], [1, 1], [0, 0]]
    assert geometry.rings_of({"type": "Polygon", "coordinates": [square]}) == (((0, 0), (1, 0), (1, 1), (0, 0)),)
    assert len(geometry.rings_of({"type": "MultiPolygon", "coordinates": [[square], [square, square]]})) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1], [1, 1], [0, 0]]]},
        {"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], ["a", 0]]]},
    ],
)
def test_what_is_no_area_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"vlak|gesloten|getallen"):
        geometry.rings_of(wrong)


def test_two_neighbours_become_one_without_the_border_between() -> None:
    (joined,) = geometry.join([(LEFT,), (RIGHT,)])
    assert geometry.area(joined) == geometry.area(LEFT) + geometry.area(RIGHT) == 8
    assert (2, 1) not in joined


def test_islands_stay_and_a_hole_closes_round_its_inside() -> None:
    island: Ring = ((9, 9), (10, 9), (10, 10), (9, 9))
    assert len(geometry.join([(LEFT, island), (RIGHT,)])) == 2
    outer: Ring = ((0, 0), (9, 0), (9, 9), (0, 9), (0, 0))
    hole: Ring = ((3, 3), (3, 5), (5, 5), (5, 3), (3, 3))
    (filled,) = geometry.join([(outer, hole), (hole[::-1],)])
    assert geometry.area(filled) == 81


def test_neighbours_keep_one_border_when_simplified() -> None:
    rough = {
        "a": (((0, 0), (10, 0), (10.1, 5), (10, 10), (0, 10), (0, 0)),),
        "b": (((10, 0), (20, 0), (20, 10), (10, 10), (10.1, 5), (10, 0)),),
    }
    simple = geometry.simplify(rough, smallest=1)
    assert simple["a"][0] != rough["a"][0]
    for code in simple:
        assert (10.1, 5) not in simple[code][0]
        assert {(10, 0), (10, 10)} <= set(simple[code][0])
    (joined,) = geometry.join(simple.values())
    assert geometry.area(joined) == 200


def test_a_tiny_island_does_not_vanish() -> None:
    island: Ring = ((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1), (0, 0))
    assert geometry.simplify({"a": (island,)}, smallest=99)["a"] == (island,)


def test_laid_flat_north_is_up_and_west_is_left() -> None:
    shape = {"a": (((4.0, 52.0), (5.0, 52.0), (5.0, 53.0), (4.0, 52.0)),)}
    drawn, height = geometry.flat(shape, 520, 10)
    (west_south, east_south, north, _) = drawn["a"][0]
    assert west_south[0] == 10
    assert east_south[0] == 510
    assert north[1] == 10 < west_south[1]
    assert height - 20 == pytest.approx(500 / math.cos(math.radians(52.15)), abs=1)


def test_the_middle_lies_inside_also_of_a_bent_shape() -> None:
    assert geometry.middle((LEFT,)) == pytest.approx((1, 1))
    bent: Ring = ((0, 0), (9, 0), (9, 1), (1, 1), (1, 9), (0, 9), (0, 0))
    assert geometry.inside(geometry.middle((bent,)), bent)


def test_a_path_goes_back_to_where_it_began() -> None:
    d = geometry.path([((10, 20), (15, 20), (12, 26), (10, 20))])
    assert d == "M10 20l5 0-3 6z"
    numbers = [int(n) for n in re.findall(r"-?\d+", d)]
    assert (10 + numbers[2] + numbers[4], 20 + numbers[3] + numbers[5]) == (12, 26)
