"""Where a record is used, and what others could take over from it."""

from pspworkbook.methods.offers import Offer, keeps_origin, open_offers, origin_of, read_origin
from pspworkbook.methods.uses import Use, in_words, kinds_that_point_to, uses
from pspworkbook.records import KINDS, Input, Outcome, Stakeholder

ROWS = {
    "input": [
        ("i1", Input(description="Grant", stakeholder="s1")),
        ("i2", Input(description="Time", stakeholder="s2")),
    ],
    "outcome": [("o1", Outcome(outcome="Fewer falls", stakeholder="s1"))],
}


def test_every_place_that_points_to_a_record_is_found() -> None:
    """By the declarations: a kind that refers to stakeholders is looked through without being named anywhere."""
    found = list(uses("stakeholder", "s1", ROWS))
    assert [(use.kind, use.id) for use in found] == [("input", "i1"), ("outcome", "o1")]
    assert found[0].sentence == "Input “Grant”: Who"
    assert Use("input", "i1", "“Grant”: why?", "Who").sentence == "Input “‘Grant’: why?”: Who", "quoted within quoted"
    assert in_words(found) == "It is used in 2 places: Inputs (1), Outcomes (1)."
    assert in_words([]) == "" and {"input", "outcome"} <= set(kinds_that_point_to("stakeholder"))


def test_what_was_made_from_a_record_is_told_apart_from_what_points_to_it() -> None:
    kind, model = next((kind, model) for kind, model in KINDS.items() if keeps_origin(model) and not model.single)
    made = model.model_validate({"origin": origin_of("stakeholder", "s1", "low-support")})
    [use] = uses("stakeholder", "s1", {kind: [("x", made)]})
    assert use.made and use.sentence.endswith("was made from it")
    assert Use(kind, "x", "A", "F").sentence.endswith("“A”: F")
    assert Use("scope", "scope", "A", "", made=True).sentence == "Scope statement was made from it", (
        "a form needs no name"
    )


def test_an_origin_is_read_as_it_was_written() -> None:
    assert read_origin(origin_of("risk", "r1")) == ("risk", "r1")
    assert read_origin(origin_of("actual", "falls", "gain")) == ("actual", "falls")
    assert read_origin("") == read_origin("nonsense") == ("", "")


def test_an_offer_that_was_taken_is_not_made_again() -> None:
    """And each origin is offered once, even when two rules propose it."""
    model = next(model for model in KINDS.values() if keeps_origin(model) and not model.single)
    offers = [Offer("stakeholder:a", "A"), Offer("stakeholder:b", "B"), Offer("stakeholder:b", "B again")]
    taken = [model.model_validate({"origin": "stakeholder:a"}), Stakeholder()]
    assert [offer.text for offer in open_offers(offers, taken)] == ["B"]
    assert len(open_offers(offers, [])) == 2
