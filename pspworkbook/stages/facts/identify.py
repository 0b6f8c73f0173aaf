"""What the rules of stage 1 need to know, read from the workbook."""

from typing import Any

from pspworkbook.methods.stage_gaps import IdentifyFacts
from pspworkbook.widgets.snapshot import Snapshot


def facts(now: Snapshot) -> IdentifyFacts:
    """The facts of “Identify the need”."""

    def rows(kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in now.records(kind)]

    return IdentifyFacts(
        needs=rows("need_statement"),
        involvements=rows("involvement"),
        policies=rows("policy"),
        evidence=rows("evidence"),
        definition=now.the("definition").record,
        grants=rows("grant_conversation"),
        answers=[entry.record for entry in now.records("answer")],
        others=[*rows("psp_feature"), *rows("weighting"), *rows("restart_check")],
    )
