"""How a ballot is held in the room: which round is on, how many answers are expected, and how phones join in."""

from typing import ClassVar

from pspworkbook.records.ballot import Round, WholeNumber
from pspworkbook.records.fields import Line, Text, ask
from pspworkbook.records.record import Record


class Sitting(Record):
    """One ballot as the facilitator holds it. The code lets phones in only while its key, which the store keeps, is good.

    So a copy of the workbook that is opened elsewhere opens nothing for phones.
    """

    kind: ClassVar[str] = "sitting"
    noun: ClassVar[str] = "Ballot in the room"
    plural: ClassVar[str] = "Ballots in the room"
    tool: ClassVar[str] = "TP-5"
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "ballot"

    ballot: Line = ask("Ballot", "The key of the ballot in data/ballots.yaml.", needed=True)
    round: Round = ask("Round", "The round that answers given now belong to.", default=1)
    expected: WholeNumber = ask("How many are expected to answer")
    code: Line = ask("Join code", "Six letters; empty while phones cannot join.", private=True)
    key: Line = ask("Key of the code", "The start of the hash of the key that the code stands for.", private=True)
    opened: Line = ask(
        "Rounds whose answers are shown",
        "Opened by “Show answers”; until then nothing that is drawn from the answers tells of them.",
        example="1 2",
    )
    left_out: Text = ask(
        "Reasons kept off the screen", "The identifiers of their answers, one on each line.", private=True
    )

    @property
    def rounds_opened(self) -> frozenset[int]:
        """The rounds whose answers have been shown."""
        return frozenset(int(word) for word in self.opened.split() if word.isdigit())

    def opened_without(self, round: int) -> str:
        """What ``opened`` says when this round is held back again."""
        return " ".join(map(str, sorted(self.rounds_opened - {round})))
