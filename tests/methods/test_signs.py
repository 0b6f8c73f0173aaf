"""Gain or loss: what is odd about the sign of a value, and what mends it."""

import pytest

from pspworkbook.methods.sroi.signs import odd_sign, sounds_like_a_loss
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


def test_nothing_is_said_of_a_gain() -> None:
    assert odd_sign(Outcome(outcome="Fewer falls", financial_proxy=94)) is None and odd_sign(Outcome()) is None
