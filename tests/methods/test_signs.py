"""Gain or loss: what is odd about the sign of a value, and what mends it."""

import pytest

from pspworkbook.methods.sroi.signs import HELD, as_meant, odd_sign, sounds_like_a_loss
from pspworkbook.records import Outcome


@pytest.mark.parametrize(
    ("text", "loss"),
    [
        ("Neighbours lose touch with each other", True),
        ("Less neighbourly shopping", True),
        ("More stress for the family", True),
        ("Carers are worse off", True),
        ("Fewer falls", False),
        ("Better health: fewer visits to the GP", False),
        ("Fewer lost days at school", False),
        ("People no longer lose their homes", False),
        ("Less harm from drink", False),
        ("Recovers from the loss of a partner", False),
        ("Better health", False),
        ("Glossy leaflets read", False),
    ],
)
def test_words_that_sound_like_a_loss(text: str, loss: bool) -> None:
    assert bool(sounds_like_a_loss(text)) is loss


@pytest.mark.parametrize(
    ("direction", "value", "key", "after"),
    [
        ("negative", 5.0, "loss", ("negative", -5.0)),
        ("negative", 5.0, "gain", ("positive", 5.0)),
        ("positive", -5.0, "loss", ("negative", -5.0)),
        ("positive", -5.0, "gain", ("positive", 5.0)),
    ],
)
def test_the_word_and_the_sign_differ_and_each_way_mends_it(
    direction: str, value: float, key: str, after: tuple[str, float]
) -> None:
    """The quantity and all else stay; afterwards nothing is odd."""
    outcome = Outcome(outcome="Shopping", direction=direction, financial_proxy=value, quantity=7)
    odd = odd_sign(outcome)
    assert odd is not None and "counts as a" in odd.sentence
    mend = next(mend for mend in odd.mends if mend.key == key)
    mended = outcome.model_copy(update=dict(mend.values))
    assert (mended.direction, mended.financial_proxy, mended.quantity) == (*after, 7)
    assert odd_sign(mended) is None


def test_a_text_that_sounds_like_a_loss_is_asked_about_before_there_is_a_value() -> None:
    odd = odd_sign(Outcome(outcome="Shops lose customers"))
    assert odd is not None and "will count as a gain" in odd.sentence
    assert dict(odd.mends[0].values) == {"direction": "negative"}
    assert odd_sign(Outcome(outcome="Shops lose customers", direction="negative")) is None
    assert odd_sign(Outcome(outcome="Shops lose customers", direction="negative", financial_proxy=-5)) is None


@pytest.mark.parametrize(
    ("outcome", "typed", "after"),
    [
        ({"direction": "negative"}, {"financial_proxy": "£1,500"}, -1500),
        ({"direction": "negative", "financial_proxy": -1}, {"financial_proxy": "15"}, -15),
        ({"direction": "negative"}, {"financial_proxy": "-15"}, "-15"),
        ({"direction": "negative"}, {"financial_proxy": "about 5"}, "about 5"),
        ({"direction": "negative"}, {"financial_proxy": "5", "direction": "positive"}, "5"),
        ({"direction": "negative", "financial_proxy": 5}, {"financial_proxy": "6"}, "6"),
        ({"direction": "positive"}, {"financial_proxy": "5"}, "5"),
    ],
)
def test_count_it_as_a_loss_holds_for_the_value_that_comes_later(
    outcome: dict[str, object], typed: dict[str, object], after: object
) -> None:
    """Pressed before there is a value, also while the value is being typed figure by figure."""
    values, said = as_meant(Outcome.model_validate(outcome), typed)
    assert values == {**typed, "financial_proxy": after} and (said == HELD) == (after != typed["financial_proxy"])
    assert as_meant(Outcome.model_validate(outcome), {"quantity": "5"}) == ({"quantity": "5"}, "")


def test_nothing_is_said_of_a_gain() -> None:
    assert odd_sign(Outcome(outcome="Fewer falls", financial_proxy=94)) is None and odd_sign(Outcome()) is None
