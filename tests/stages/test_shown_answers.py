"""What is drawn from the answers to a ballot, elsewhere on a page or in a file, waits for its “Show answers”."""

import io

from docx import Document

from pspworkbook.stages import plan, review
from pspworkbook.stages.facts import do as do_facts
from pspworkbook.stages.plan import files as plan_files
from pspworkbook.stages.plan import risk
from pspworkbook.stages.review import again
from pspworkbook.stages.review import files as review_files
from pspworkbook.workbook import Workbook
from pspworkbook.workbook.joining import close_code, hold, open_code


def give(book: Workbook, ballot: str, item: str, value: int, round_: int = 1) -> None:
    about = {"ballot": ballot, "item": item, "round": round_, "value": value}
    book.save_many(("answer", None, {**about, "sheet": f"s{n}"}) for n in range(4))


def text_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


WAITS = "4 people have answered; not shown yet."


def test_scores_of_risks_wait_on_the_page_and_in_the_register(book: Workbook) -> None:
    id_ = book.add("risk", {"title": "Snow"}).id
    for part in ("likelihood", "impact"):
        give(book, "risk-rating", f"{id_}.{part}", 5)
    page = plan.open("ours")
    assert not risk.found(page)[0].score and risk.facts(page)["held"] == WAITS
    said = text_of(plan_files.risks_file(page)[2])
    assert WAITS in said and "Score 25" not in said
    hold(book, "risk-rating", {"opened": "1"})
    page.session.follow()
    assert risk.found(page)[0].score == 25 and not risk.facts(page)["held"]
    assert "Score 25" in text_of(plan_files.risks_file(page)[2])


def test_a_round_that_was_shown_is_held_back_everywhere_once_phones_can_join_it_again(book: Workbook) -> None:
    """Else whoever answers now is led by what the others said, be it by a list, a document or the progress report."""
    id_ = book.add("risk", {"title": "Snow"}).id
    for part in ("likelihood", "impact"):
        give(book, "risk-rating", f"{id_}.{part}", 5)
    hold(book, "risk-rating", {"opened": "1"})
    book.add("progress_report", {"period_start": "2026-01-01", "period_end": "2026-03-31"})
    page = plan.open("ours")
    assert risk.found(page)[0].score == 25 and do_facts.high_risks(page.session.now) == [id_]
    open_code(book, "risk-rating", "Risks")
    page.session.follow()
    now = page.session.now
    listed = risk.found(page)[0]
    assert (listed.score, listed.words) == (None, "4 people have rated it; not shown yet.")
    assert risk.facts(page)["held"].startswith("Held back while phones can join") and WAITS in risk.facts(page)["held"]
    said = text_of(plan_files.risks_file(page)[2])
    assert (
        "Score 25" not in said
        and "1 (high)" not in said
        and "Held back\n4 people have rated it; not shown yet." in said
    )
    report = do_facts.reports(now)[0][2].text
    assert "Snow (high" not in report and f"Rating of the risks: {WAITS}" in report
    close_code(book, "risk-rating")
    page.session.follow()
    assert not risk.found(page)[0].score, "it stays back until somebody chooses “Show answers”"


def test_the_balance_on_a_pilot_waits_in_its_record(book: Workbook) -> None:
    for item in ("learning", "risk"):
        give(book, "pilot-or-not", item, 5)
    said = text_of(plan_files.decision_file(plan.open("ours"))[2])
    assert WAITS in said and "The median balance is" not in said


def test_then_and_now_waits_for_the_review_round_to_be_shown(book: Workbook) -> None:
    page = review.open("ours")
    for round_, value in ((1, 2), (3, 4)):
        give(book, "pulse", "trust", value, round_)
    hold(book, "pulse", {"opened": "1"})
    page.session.follow()
    _, chart, moved = again.again(page, "pulse")
    assert WAITS in str(chart.picture) and "moved" not in moved.html.replace("What moved", "")  # type: ignore[attr-defined]


def test_the_decision_on_what_comes_next_waits(book: Workbook) -> None:
    give(book, "roll-out", "worked", 5)
    said = text_of(review_files.decision_file(review.open("ours"))[2])
    assert WAITS in said and "5 (" not in said
