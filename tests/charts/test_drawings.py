"""Pictures without a browser: words fit their boxes, a page's SVG and a file's PNG, and plotly's figures drawn anew."""

import io
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pspworkbook.charts import sroi as pictures
from pspworkbook.charts.drawing import Box, Drawing, Line, Words, width_of, wrapped
from pspworkbook.charts.drawing_png import SHARP, png
from pspworkbook.charts.drawing_svg import svg
from pspworkbook.charts.plotted import _ticks, drawn
from pspworkbook.charts.theory import CHANGES, LOOKS, TALLEST, drawings
from pspworkbook.methods.sroi import ImpactMap, forecast
from pspworkbook.methods.sroi.theory import theory
from pspworkbook.records import Forecast, Input, Outcome, Stakeholder

FULL = {"quantity": 7, "duration": 1, "financial_proxy": 94, "deadweight": 0.1, "displacement": 0.0, "attribution": 0.1, "drop_off": 0.0}  # fmt: skip
HOSTILE = '</text></svg><script>alert("x")</script> & مرحبا \x07🙂'


def outcome(name: str, who: str = "r", **more: object) -> tuple[str, Outcome]:
    return name, Outcome.model_validate({"stakeholder": who, "outcome": name, **FULL, **more})


def parts(outcomes: list[tuple[str, Outcome]], inputs: int = 1) -> list[Drawing]:
    groups = [("r", Stakeholder(name="Residents", people=30)), ("n", Stakeholder(name="Neighbours"))]
    given_ = [(f"i{n}", Input(stakeholder="r", description=f"Time {n}", value=5)) for n in range(inputs)]
    return drawings(theory(Forecast(activity="The club"), groups, given_, outcomes))


def words(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Words)]


@given(st.text(max_size=80), st.floats(40, 400))
@settings(max_examples=60, deadline=None)
def test_wrapped_lines_fit_and_keep_every_character(text: str, room: float) -> None:
    """Only blanks are lost; a line is too wide only where it is a single character."""
    lines = wrapped(text, room, 13)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 13) <= room or len(line) == 1 for line in lines)


def test_a_text_that_is_cut_says_so() -> None:
    assert wrapped("one two three four", 40, 13, most=1)[0].endswith("…")


def test_the_four_kinds_of_change_differ_in_line_and_word_not_colour() -> None:
    """Solid, dotted, broken, broken and dotted: told apart in black and white; the legend names those that occur."""
    assert len({dash for dash, _, _ in LOOKS.values()}) == 4
    rows = [
        outcome("gain"), outcome("loss", direction="negative"), outcome("luck", intention="unintended"),
        outcome("harm", "n", direction="negative", intention="unintended"),
    ]  # fmt: skip
    [drawing] = parts(rows)
    frames = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.x == CHANGES.x and shape.stroke]
    assert [frame.dash for frame in frames] == [LOOKS[kind][0] for kind in ((False, False), (True, False), (False, True), (True, True))]  # fmt: skip
    assert len({frame.stroke for frame in frames}) == 1
    text = words(drawing)
    for said in ("Loss", "Not intended", "Loss, not intended", "A loss", "A gain that nobody intended"):
        assert said in text
    assert "A loss that nobody intended" not in words(parts([outcome("gain")])[0])


def test_boxes_of_a_column_never_overlap_and_words_stay_inside() -> None:
    rows = [outcome(f"Change {n} " + "with many words " * (n % 5), output=f"Output {n // 3}") for n in range(9)]
    for drawing in parts(rows):
        frames = sorted(
            (shape for shape in drawing.shapes if isinstance(shape, Box) and shape.x == CHANGES.x and shape.stroke),
            key=lambda box: box.y,
        )
        for above, below in pairwise(frames):
            assert above.y + above.height < below.y
        for shape in drawing.shapes:
            if isinstance(shape, Words):
                assert 0 < shape.y < drawing.height
                assert (
                    shape.anchor != "start" or shape.x + width_of(shape.text, shape.size, shape.bold) <= drawing.width
                )


def test_a_long_theory_is_drawn_in_parts_that_fit_a_page() -> None:
    """Nothing is lost between them, and a group that goes on says so."""
    rows = [outcome(f"Change {n}", output="Exercise") for n in range(40)]
    found = parts(rows, inputs=20)
    assert len(found) > 2
    assert all(drawing.height < TALLEST + 120 for drawing in found)
    said = [text for drawing in found for text in words(drawing)]
    assert all(f"Change {n}" in said for n in range(40)) and all(f"Time {n}" in said for n in range(20))
    assert any("continued" in text for text in words(found[1]))
    assert all("The club" in words(drawing) for drawing in found)


def test_arrows_lead_from_the_activity_to_every_change() -> None:
    [drawing] = parts([outcome("a", output="x"), outcome("b", output="x"), outcome("c", "n", output="y")])
    arrows = [shape for shape in drawing.shapes if isinstance(shape, Line) and shape.arrow]
    assert sum(arrow.points[-1][0] == CHANGES.x for arrow in arrows) == 3


def test_nothing_to_draw_is_no_drawing() -> None:
    assert drawings(theory(Forecast(), [], [], [])) == []


def test_svg_is_wellformed_named_and_takes_text_as_text() -> None:
    [drawing] = parts([outcome("x" + HOSTILE, output=HOSTILE)])
    text = svg(drawing, HOSTILE, HOSTILE, "theory1")
    root = ET.fromstring(text)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "polygon", "circle", "text"}
    assert root.attrib["role"] == "img"
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    assert set(root.attrib["aria-labelledby"].split()) <= ids
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_png_is_sharp_and_the_same_each_time() -> None:
    [drawing] = parts([outcome("a $x^2$"), outcome("b", direction="negative")])
    made = png(drawing)
    assert made == png(drawing)
    image = Image.open(io.BytesIO(made))
    assert image.width == round(drawing.width * SHARP)
    assert len(image.convert("L").getcolors() or []) > 10  # something is drawn


RESULT = forecast(
    ImpactMap.of([outcome("a <b> & c")[1], outcome("b", "n", financial_proxy=-20, direction="negative")[1]]), 100
)


@pytest.mark.parametrize("picture", [pictures.gross_to_present, pictures.who_gains, pictures.by_stakeholder])
def test_a_bar_of_plotlys_is_drawn_with_its_names_in_full(picture) -> None:
    """What plotly would read as a tag comes back as the text that somebody typed."""
    shown = picture(RESULT)
    drawing = drawn(shown.figure)
    bars = [shape for shape in drawing.shapes if isinstance(shape, Box)]
    assert len(bars) == len(shown.rows)
    said = " ".join(words(drawing))
    for name, amount, *_ in shown.rows:
        assert name.split()[0] in said and amount in said
    assert "&amp;" not in said


def test_a_bar_stands_where_its_numbers_say() -> None:
    figure = {"data": [{"type": "bar", "orientation": "h", "y": ["a", "b"], "x": [50, -25], "marker": {"color": ["#111111", "#222222"]}}], "layout": {}}  # fmt: skip
    up, down = (shape for shape in drawn(figure).shapes if isinstance(shape, Box))
    assert up.width == pytest.approx(2 * down.width)
    assert up.x == pytest.approx(down.x + down.width)


@given(st.floats(-1e7, 1e7), st.floats(1e-3, 1e7))
def test_ticks_cover_the_scale_with_round_steps(low: float, span: float) -> None:
    ticks = _ticks(low, low + span)
    assert 2 <= len(ticks) <= 9
    assert ticks[0] <= low + span * 1e-6 + 1e-6 and ticks[-1] >= low + span - span * 1e-6 - 1e-6


def test_a_figure_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="pie"):
        drawn({"data": [{"type": "pie"}], "layout": {}})
