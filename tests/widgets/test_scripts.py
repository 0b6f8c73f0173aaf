"""The parts' scripts: whole in a notebook, one line with an address on the dashboards."""

import pytest

from pspworkbook.widgets.new_workbook import NewWorkbook
from pspworkbook.widgets.scripts import HERE, script, served

HELPERS = (HERE / "dom.js").read_text("utf-8")


def test_a_script_is_found_at_its_own_address_and_nothing_else_is():
    made = script("fields.js", "sheets.js", "ordered.js", "register_card.js", "register.js")
    assert made.startswith(HELPERS)
    assert served(made.address) == made
    of_another_version = made.address[:-15] + "0" * 12 + ".js"
    for wrong in (of_another_version, "register.js", "nothing" + made.address[-16:], "../part.py", made.address[:-3]):
        assert served(wrong) is None, wrong


@pytest.mark.parametrize("dashboards", [False, True])
def test_a_part_carries_its_script_in_a_notebook_and_the_address_on_the_dashboards(
    monkeypatch: pytest.MonkeyPatch, dashboards: bool
):
    monkeypatch.delenv("HTTP_X_PSP_BASE", raising=False)
    if dashboards:
        monkeypatch.setenv("HTTP_X_PSP_BASE", "/")
    carried = NewWorkbook(dict, dict, in_example=False).get_state(["_esm"])["_esm"]
    assert (script("new_workbook.js").address in carried) is dashboards
    assert (HELPERS in carried) is not dashboards
