"""From stage to stage without a browser: the twelve links hold at both ends, a name is typed once, a chain survives edits."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pspworkbook.guide.path import stages
from pspworkbook.methods.links.twelve import LINKS
from pspworkbook.methods.offers import keeps_origin, read_origin
from pspworkbook.places import notebooks_folder
from pspworkbook.records import KINDS, fields_of
from pspworkbook.stages.facts.links import links_facts
from pspworkbook.widgets.addresses import page_of_kind
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.record_facts import used
from pspworkbook.widgets.register import Register
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.since import Since
from pspworkbook.workbook import Store, Workbook, make_example

STAGES = [stage.key for stage in stages()]
NO_REGISTER = {"answer", "sitting", "confirmation", "heading_meaning", "agenda_item", "checker_reply", "simulation_run"}
"""Not typed into a register: ballots, who has joined them, agreement, a file's headings, the run-sheet, replies to a sceptic, what a page has
worked out."""


def notebook_of(key: str) -> str:
    return next(stage.notebook for stage in stages() if stage.key == key)


class Pages:
    """Every page of one workbook, open at once; each is opened when it is first looked at."""

    def __init__(self, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slug, self.monkeypatch = slug, monkeypatch
        self.parts: dict[str, list[Any]] = {}

    def look(self, key: str) -> list[Any]:
        """The parts that the cells of a stage's notebook show, as they are now."""
        if key not in self.parts:
            found: list[Any] = []
            self.monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", found.append)
            cells = json.loads((notebooks_folder() / f"{notebook_of(key)}.ipynb").read_text("utf-8"))["cells"]
            code = [
                line for cell in cells if cell["cell_type"] == "code" for line in "".join(cell["source"]).splitlines()
            ]
            space: dict[str, Any] = {}
            for line in code:
                if "=" not in line or line.startswith("stage = "):
                    exec(line.replace(".open()", f".open({self.slug!r})"), space)
            self.parts[key] = found
        for part in self.parts[key]:
            if isinstance(part, Offers | Register | Since):
                part.session.follow()
        return self.parts[key]

    def offer(self, stage: str, kind: str, begins: str) -> None:
        """Take over the one offer of a kind whose origin begins so."""
        for part in self.look(stage):
            if isinstance(part, Offers) and part.kind == kind:
                for one in part.state["offers"]:
                    if one["origin"].startswith(begins):
                        answer, _ = part.reply({"do": "take", "origin": one["origin"]}, [])
                        assert answer["ok"], answer
                        return
        raise AssertionError(f"nothing is offered to {kind} from {begins}")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    path = tmp_path / "w.db"
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(path))
    with Store(path) as store:
        yield store


@pytest.fixture
def ours(store: Store) -> Workbook:
    """An empty workbook."""
    return store.create("Ours")


def the_only(workbook: Workbook, kind: str) -> Any:
    [entry] = workbook.records(kind)
    return entry


NAME = "Folk who eat alone in the glens"


def test_a_stakeholder_is_named_once_from_the_need_to_the_evaluative_sroi(ours: Workbook, monkeypatch) -> None:
    """The name stands in one place; everything later points to it, so a better name is better everywhere."""
    pages = Pages("ours", monkeypatch)
    need = ours.add("need_statement", {"who": "People over 75", "difficulty": "They eat alone", "where": "The glens"})
    ours.add("person", {"name": "Morag"})
    invited = ours.add("involvement", {"group": "users", "who": NAME, "how": "decide", "stage": "identify", "person": the_only(ours, "person").id})  # fmt: skip

    pages.offer("analyse", "forecast", f"need_statement:{need.id}")
    pages.offer("analyse", "stakeholder", f"involvement:{invited.id}")
    group = the_only(ours, "stakeholder")
    assert (group.label, group.record.sector, group.record.included) == (NAME, "user", True)
    assert "They decide with us" in group.record.involved
    pages.offer("do", "communication", f"stakeholder:{group.id}")
    pages.offer("plan", "member", f"stakeholder:{group.id}")
    assert the_only(ours, "member").record.person == the_only(ours, "person").id, "the contact of stage 1"
    for sheet in ("a", "b", "c"):
        for part, value in (("support", 1), ("importance", 5)):
            ours.add("answer", {"ballot": "stakeholder-map", "item": f"{group.id}.{part}", "sheet": sheet, "value": value})  # fmt: skip
    ours.add("sitting", {"ballot": "stakeholder-map", "opened": "1"})  # “Show answers” was pressed
    pages.offer("plan", "blocker", f"stakeholder:{group.id}")
    pages.offer("plan", "risk", f"blocker:{the_only(ours, 'blocker').id}")
    outcome = ours.add("outcome", {"outcome": "New friends", "stakeholder": group.id, "quantity": 10})
    pages.offer("plan", "measure", f"outcome:{outcome.id}")
    measure = the_only(ours, "measure")
    ours.add("reading", {"measure": measure.id, "period_end": "2026-06-30", "value": 9, "n": 20})
    said = [one["text"] for part in pages.look("review") if isinstance(part, Offers) for one in part.state["offers"]]
    assert any("New friends" in text and "Last reading: " in text for text in said), (
        "what stage 6 read stands beside it"
    )
    pages.offer("review", "actual", f"outcome:{outcome.id}")
    assert the_only(ours, "actual").record.outcome == outcome.id

    found = used(Session(ours), "stakeholder", group.id)
    assert [one["words"] for one in found["origins"]] == [f"Made from the group to involve “{the_only(ours, 'involvement').label}”."]  # fmt: skip
    assert found["summary"].startswith("It is used in ")
    kinds = {one["words"].split(" “")[0] for one in found["uses"]}
    assert {"Communication", "Member", "Blocker or expectation", "Outcome"} <= kinds
    # Whoever is asked to whom, for whom or about whom points to the one record that has the name.
    typed = [
        kind
        for kind, model in KINDS.items()
        for entry in (ours.records(kind) if not model.single else [])
        if entry.record.model_dump().get("name") == NAME
    ]
    assert typed == ["stakeholder"]


def test_a_chain_survives_an_edit_at_its_beginning(ours: Workbook, monkeypatch) -> None:
    """What was taken over says what has changed since, until somebody says that it holds or the source is put back."""
    pages = Pages("ours", monkeypatch)
    need = ours.add("need_statement", {"who": "People over 75", "difficulty": "They eat alone", "where": "The glens"})
    pages.offer("analyse", "forecast", f"need_statement:{need.id}")
    pages.offer("plan", "scope", f"need_statement:{need.id}")
    ours.change("scope", "scope", {"outside": "Shopping"}, ours.the("scope").version)

    def told(stage: str) -> list[str]:
        [part] = [part for part in pages.look(stage) if isinstance(part, Since)]
        part.refresh()
        return [one["words"] for one in part.state["found"]]

    assert told("plan") == []
    ours.change("need_statement", need.id, {"evidence": "A count"}, need.version)
    assert told("plan") == [], "what was not taken over may change"
    need = the_only(ours, "need_statement")
    ours.change("need_statement", need.id, {"difficulty": "They cannot get out", "how_many": 0}, need.version)
    [words] = told("plan")
    assert words == (
        "The scope statement: the need statement “They cannot get out” has changed since. "
        "What is hard for them: They eat alone → They cannot get out."
    )
    assert "How many people: nothing → 0" in told("analyse")[0]
    assert "has changed since" in used(Session(ours), "scope", "scope")["since"][0]

    [part] = [part for part in pages.look("plan") if isinstance(part, Since)]
    answer, _ = part.reply({"do": "holds", "kind": "scope", "id": "scope"}, [])
    assert answer["ok"] and told("plan") == [] and len(told("analyse")) == 1
    assert ours.history("scope", limit=1)[0].reason.startswith("Still holds")
    assert ours.the("scope").record.outside == "Shopping"
    answer, _ = part.reply({"do": "holds", "kind": "forecast", "id": "forecast"}, [])
    assert "seen to this" in answer["refused"], "another stage's record is not this list's"
    ours.undo()
    assert len(told("plan")) == 1, "undone, it is on the list again"
    ours.undo()
    assert told("plan") == told("analyse") == [], "the source says again what was taken over"


def test_a_form_that_was_filled_by_hand_loses_nothing(ours: Workbook, monkeypatch) -> None:
    pages = Pages("ours", monkeypatch)
    ours.change("scope", "scope", {"users": "Ours", "area": "Here"}, 0)
    for difficulty in ("Alone", "Cold"):
        ours.add("need_statement", {"who": f"Those who are {difficulty}", "difficulty": difficulty, "where": "There"})
    [part] = [part for part in pages.look("plan") if isinstance(part, Offers) and part.kind == "scope"]
    assert part.reply({"do": "take"}, [])[0]["ok"] and part.state["offers"] == []
    scope = ours.the("scope").record
    assert scope.users.splitlines() == ["Ours", "Those who are Alone", "Those who are Cold"]
    assert scope.area == "Here" and len(scope.origin.split()) == 2
    refused = part.reply({"do": "take", "origin": "need_statement:x"}, [])[0]
    assert not refused["ok"]


def test_every_arrow_is_kept_by_the_records_and_offered_on_the_page(ours: Workbook, monkeypatch) -> None:
    """What is made remembers its origin and has its offers at its end; what points has a field for it."""
    assert [link.number for link in LINKS] == list(range(1, 13))
    pages = Pages("ours", monkeypatch)
    offered = {
        (part.kind, stage) for stage in STAGES for part in pages.look(stage) if isinstance(part, Offers)
    }  # fmt: skip
    kinds = {kind for kind, _ in offered}
    for link in LINKS:
        for arrow in link.arrows:
            if arrow.how == "made":
                assert keeps_origin(KINDS[arrow.end]), arrow
                assert arrow.end in kinds or arrow.end == "local_lesson", arrow
            if arrow.how == "points":
                assert any(spec.refers_to == arrow.start for spec in fields_of(KINDS[arrow.end])), arrow


def test_every_record_has_a_place_where_a_link_can_lead(ours: Workbook, monkeypatch) -> None:
    """“Where is this used?” leads to the page of the record's tool: there must be a register of it there."""
    pages = Pages("ours", monkeypatch)
    shown = {(stage, part.kind) for stage in STAGES for part in pages.look(stage) if isinstance(part, Register)}
    lost = [kind for kind in KINDS if kind not in NO_REGISTER and (page_of_kind(kind), kind) not in shown]
    assert lost == []


def test_the_start_page_counts_what_has_gone_along(store: Store) -> None:
    """On the example every link is in use, and every end leads somewhere."""
    session = Session(make_example(store))
    session.address = lambda stage: f"/{stage}"
    facts = links_facts(session)
    assert len(facts["links"]) == 12 and facts["since"] == []
    for entry in facts["links"]:
        for step in entry["steps"]:
            assert step["from"]["href"] and step["to"]["href"], step
        assert any(step["count"] for step in entry["steps"]) or not entry["steps"], entry["link"].title


def test_the_origins_of_the_example_lead_to_records_that_are_there(store: Store) -> None:
    example = make_example(store)
    made = [
        (entry.label, origin)
        for kind, model in KINDS.items()
        if keeps_origin(model)
        for entry in ([example.the(kind)] if model.single else example.records(kind))
        for origin in entry.record.origin.split()
    ]
    there = {(kind, entry.id) for kind, model in KINDS.items() for entry in ([example.the(kind)] if model.single else example.records(kind))}  # fmt: skip
    lost = [one for one in made if read_origin(one[1])[0] in KINDS and read_origin(one[1]) not in there]
    assert made and lost == []
