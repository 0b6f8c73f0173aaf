"""Demand beside capacity: the sentence, the table and the drawing say the same."""

from pspworkbook.charts.analyse_more import demand_picture
from pspworkbook.methods.analyse.demand import Estimate


def test_the_range_the_room_and_what_it_means():
    picture = demand_picture([Estimate("a", "Over 75", 5, 20, 100, 30), Estimate("b", "Couples", None, None, None, 6)])
    assert picture.text == "Over 75: 5 to 100 might come, most likely about 20; room for 30."
    assert picture.rows[0] == ["Over 75", "5", "20", "100", "30", "● Too little room if many come"]
    assert picture.rows[1][-1] == "– Cannot be said yet"
    middle, room = picture.figure["data"]
    assert (middle["error_x"]["arrayminus"], middle["error_x"]["array"], room["x"]) == ([15], [80], [30])
    assert middle["marker"]["symbol"] != room["marker"]["symbol"], "told apart without colour"


def test_nothing_to_draw_says_so():
    assert demand_picture([]).figure is None
