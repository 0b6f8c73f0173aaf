"""Partners, time, team, Lead Funder, MoU, induction pack, run-sheet, and what stands in the way of three stages."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pspworkbook import guide
from pspworkbook.methods import stage_gaps
from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.methods.form import induction, lead_funder, mou, partners, staff_time, team
from pspworkbook.methods.form.mou import MouFacts
from pspworkbook.methods.form.run_sheet import BREAK_AFTER, RunSheet, read_tools, run_sheet
from pspworkbook.records import KINDS, Partnership, Person, fields_of
from pspworkbook.records.agreement import Funder, LeadFunderChoice, Mou, Signatory
from pspworkbook.records.analyse import DataShare, ExpectationGap
from pspworkbook.records.decide import Decision, Option, Principle
from pspworkbook.records.form import AgendaItem, Candidate, Induction, Member, StaffTime, Workshop
from pspworkbook.records.identify import Policy

TODAY = dt.date(2026, 11, 22)
PEOPLE = {
    key: Person.model_validate({"name": name, "organisation": organisation, "sector": sector})
    for key, name, organisation, sector in (
        ("p1", "Ann", "Council", "public"),
        ("p2", "Bob", "Council", "public"),
        ("p3", "Cat", "Club", "third"),
        ("p4", "Dan", "", "user"),
    )
}


def sentences(gaps: object) -> str:
    return "\n".join(gap.sentence for gap in gaps)


# Partners ------------------------------------------------------------------------------------------------------------


def candidate(**more: object) -> Candidate:
    body = {"name": "Club", "sector": "third", "found": "open", "told": "yes", "conflict": "none", "chosen": "waiting"}
    return Candidate.model_validate({**body, **more})


def test_a_fair_trail_has_no_gap():
    rows = [
        ("a", candidate(chosen="chosen", reason="Best on all four criteria", decided_by="Panel of three")),
        ("b", candidate(name="Other", chosen="not_chosen", reason="Does not work in the north")),
    ]
    assert list(partners.gaps(rows)) == []
    assert partners.trail(rows).words == "2 organisations looked at, 1 chosen, 2 found in a way that was open to all."


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"chosen": "chosen", "decided_by": "Panel"}, "reason"),
        ({"chosen": "not_chosen"}, "reason"),
        ({"conflict": "not_asked"}, "conflict"),
        ({"conflict": "declared"}, "conflict_answer"),
        ({"chosen": "chosen", "reason": "x", "decided_by": "Panel", "told": "no"}, "told"),
        ({"found": "existing"}, "found"),
    ],
)
def test_gaps_in_the_trail(more, field):
    rows = [("a", candidate(**more)), ("b", candidate(name="Other", found=more.get("found", "open")))]
    assert field in [gap.field for gap in partners.gaps(rows)]


def test_a_choice_of_one_is_noticed():
    gaps = partners.gaps([("a", candidate(chosen="chosen", reason="x", decided_by="Panel"))])
    assert "nobody beside it" in sentences(gaps)


# Time and team -------------------------------------------------------------------------------------------------------


def test_hours_are_added_up_by_organisation():
    rows = [
        ("a", StaffTime.model_validate({"person": "p1", "hours": "10", "approved": "yes", "cover": "p2"})),
        ("b", StaffTime.model_validate({"person": "p2", "hours": "4", "approved": "no", "cover": "p2"})),
        ("c", StaffTime.model_validate({"person": "p3", "hours": "0"})),
    ]
    council = next(one for one in staff_time.totals(rows, PEOPLE) if one.organisation == "Council")
    assert (council.people, council.hours, council.agreed) == (2, 14, 10)
    text = sentences(staff_time.gaps(rows, PEOPLE))
    assert (
        "Club: no hours at all" in text and "Bob stands in for themselves" in text and "Bob: no senior person" in text
    )
    assert "one person gives all the time (10 hours" in sentences(staff_time.gaps(rows[:1], PEOPLE))


def member(person: str, **more: object) -> Member:
    body = {"seat": "both", "level": "both", "brings": "other", "deputy": "p2"}
    return Member.model_validate({"person": person, **body, **more})


def test_a_thin_team_is_seen_through():
    text = sentences(team.gaps([("a", member("p1", deputy=""))], PEOPLE))
    for words in (
        "cares for somebody",
        "third sector",
        "procurement",
        "running of services",
        "hangs on one person",
        "no deputy",
    ):
        assert words in text, words


def test_a_broad_team_has_no_gap():
    people = {**PEOPLE, "p5": Person.model_validate({"name": "Eve", "organisation": "Club", "sector": "third"})}
    skills = [
        ("p1", "procurement"),
        ("p2", "procurement"),
        ("p3", "operations"),
        ("p5", "operations"),
        ("p4", "lived"),
        ("p1", "lived"),
    ]
    rows = [
        (str(n), member(who, brings=brings, deputy="p5" if who != "p5" else "p3"))
        for n, (who, brings) in enumerate(skills)
    ]
    assert list(team.gaps(rows, people)) == []


def test_votes_should_be_of_equal_weight():
    rows = [
        ("a", member("p1", voting="votes")),
        ("b", member("p2", voting="votes")),
        ("c", member("p3", voting="votes")),
    ]
    assert "2 votes and the third sector 1" in sentences(team.gaps(rows, PEOPLE))


# Lead Funder ---------------------------------------------------------------------------------------------------------

FUNDERS = [
    ("a", Funder.model_validate({"name": "Council", "reports": "4", "would_share": "yes"})),
    ("b", Funder.model_validate({"name": "Health board", "reports": "2", "would_share": "yes"})),
    ("c", Funder.model_validate({"name": "Trust", "reports": "1", "would_share": "no"})),
]
STRONG = dict.fromkeys(("relationships", "maturity", "resources", "common_aims"), "strong")


@pytest.mark.parametrize(
    ("answers", "variant"),
    [
        ({**STRONG, "common_report": "yes", "provider_relations": "yes"}, "lead-manager"),
        ({**STRONG, "common_report": "yes"}, "reporting-lead"),
        ({**STRONG, "common_report": "no", "provider_relations": "yes"}, "funding-co-ordinator"),
        ({**STRONG, "common_report": "partly", "share_information": "yes"}, "information-provider"),
        ({**STRONG, "common_report": "yes", "provider_relations": "yes", "resources": "weak"}, "reporting-lead"),
        ({**STRONG, "common_aims": "weak", "common_report": "yes", "joined_monitoring": "yes"}, "information-provider"),
        (STRONG, None),
    ],
)
def test_the_variant_follows_the_answers(answers, variant):
    found = lead_funder.suggest(LeadFunderChoice.model_validate(answers), FUNDERS)
    assert (found.variant.key if found.variant else None) == variant
    assert found.words
    assert found.reasons or found.variant is None


def test_one_funder_needs_no_lead():
    assert (
        lead_funder.suggest(LeadFunderChoice.model_validate({**STRONG, "common_report": "yes"}), FUNDERS[:1]).variant
        is None
    )


@pytest.mark.parametrize(
    ("variant", "after"),
    [("lead-manager", 5), ("reporting-lead", 5), ("information-provider", 7), ("none", 7), (None, 7)],
)
def test_reports_before_and_after(variant, after):
    count = lead_funder.count_reports([funder for _, funder in FUNDERS], variant)
    assert (count.before, count.after, count.spared) == (7, after, 7 - after)


# Memorandum ----------------------------------------------------------------------------------------------------------


def test_an_empty_memorandum_has_its_thirteen_sections_and_lists_its_blanks():
    document = mou.fill(MouFacts())
    assert [section.number for section in document.sections] == list(range(1, 14))
    for section in document.sections:
        assert section.paragraphs
        assert all(blank.section == section.key for blank in section.blanks)
    for blank in document.blanks:
        assert blank.kind in KINDS and blank.field in KINDS[blank.kind].model_fields, blank
    assert len({(blank.kind, blank.field) for blank in document.blanks}) == len(document.blanks), "each blank once"


def test_each_trap_is_a_change_with_its_reason():
    document = mou.fill(MouFacts())
    assert (
        {change.key for change in document.changes}
        == {trap.key for trap in guide.mou().traps}
        == {"T-4", "T-5", "T-6", "data-protection"}
    )
    assert all(change.why and change.lines for change in document.changes)
    assert all(note in guide.then_and_now() for change in document.changes for note in change.notes)


def full() -> MouFacts:
    dates = {
        "signed": "2026-12-01",
        "review": "2027-12-01",
        "personal_data": "yes",
        "third_contact": "p3",
        "public_contact": "p1",
    }
    texts = {spec.name: f"<{spec.name}>" for spec in fields_of(Mou) if spec.kind.name in ("line", "text")}
    return MouFacts(
        partnership=Partnership.model_validate(
            {
                "name": "Wheels-to-Meals",
                "need": "Nobody to eat with",
                "lead_public": "The Council",
                "lead_third": "The Club",
            }
        ),
        mou=Mou.model_validate({**texts, **dates, "third_form": "scio"}),
        people=PEOPLE,
        principles=[
            (
                "a",
                Principle.model_validate({"item": "equal", "wording": "Nobody is the junior partner", "agreed": "yes"}),
            )
        ],
        members=[("m", member("p4"))],
        signatories=[
            (key, Signatory.model_validate({"name": key, "role": "Chair", "organisation": "X"}))
            for key in ("Ann", "Cat")
        ],
    )


def test_a_full_memorandum_has_no_blank_and_uses_what_is_known():
    document = mou.fill(full())
    assert document.blanks == ()
    text = "\n".join(line for section in document.sections for line in section.paragraphs)
    assert "[" not in text
    for known in (
        "Wheels-to-Meals",
        "Nobody is the junior partner",
        "Dan",
        "Cat, Club",
        "1 December 2026",
        "SCIO",
        "<controllers>",
    ):
        assert known in text, known
    assert "Party A" not in text and "Party B" not in text


def test_the_traps_are_heeded():
    text = "\n".join(line for section in mou.fill(full()).sections for line in section.paragraphs)
    for old in (
        "competitively tender",
        "Social Outcome",
        "Data Protection Act 1998",
        "market price",
        "will be the supplier",
    ):
        assert old not in text
    assert "That may be a tender. Nothing is promised" in text
    assert "acknowledged within 30 days" in text


def test_without_personal_data_the_clause_is_short():
    facts = MouFacts(mou=Mou.model_validate({"personal_data": "no"}))
    section = next(one for one in mou.fill(facts).sections if one.key == "confidentiality")
    assert section.blanks == () and "No personal data are shared" in section.paragraphs[-1]


# Induction -----------------------------------------------------------------------------------------------------------


def test_the_pack_is_made_from_the_workbook():
    facts = induction.PackFacts(
        partnership=Partnership.model_validate({"need": "Nobody to eat with"}),
        decision=Decision.model_validate({"option": "o", "date": "2026-03-01", "reasons": "It fits."}),
        options=[("o", Option.model_validate({"name": "A PSP"}))],
        members=[("m", member("p3", role="Chair"))],
        people=list(PEOPLE.items()),
    )
    parts = {part.key: part for part in induction.pack(facts)}
    assert parts["vision"].lines == ("Nobody to eat with",)
    assert "Decided on 1 March 2026: A PSP. It fits." in parts["history"].lines[0]
    assert parts["people"].lines == ("Cat, Club, Chair",)
    assert parts["values"].missing and len(parts["words"].lines) == len(induction.TERMS)


def test_who_has_had_no_induction():
    rows = [("a", member("p1")), ("b", member("p3"))]
    had = [("i", Induction.model_validate({"person": "p1"}))]
    assert [gap.id for gap in induction.gaps(rows, had, PEOPLE)] == ["b"]
    assert list(induction.gaps(rows, [], PEOPLE)) == []


# Run-sheet -----------------------------------------------------------------------------------------------------------


def workshop(minutes: int, **more: object) -> Workshop:
    return Workshop.model_validate({"name": "W", "starts": "09.30", "minutes": minutes, "people": 18, **more})


def adds_up(sheet: RunSheet) -> None:
    clock = None
    for row in sheet.rows:
        hours, minutes = map(int, row.time.split("."))
        now = hours * 60 + minutes
        assert clock is None or now == clock % 1440
        clock = now + row.minutes
    assert sum(row.minutes for row in sheet.rows) == sheet.minutes


def test_half_a_day_as_in_the_field():
    sheet = run_sheet(workshop(195), ["ID-3", "TP-5", "TP-6", "TP-10"])
    adds_up(sheet)
    assert sheet.fits and sheet.left_out == ()
    assert sheet.rows[0].task == "Welcome" and sheet.rows[-1].task == "Close"
    assert any(row.kind == "break" for row in sheet.rows)
    assert [row.task for row in sheet.rows if row.tool == "TP-6"] == ["Are we ready?: alone", "Are we ready?: together"]
    assert all(row.say and row.record for row in sheet.rows if row.kind == "tool")


def test_what_does_not_fit_is_shortened_and_then_left_out():
    sheet = run_sheet(workshop(120), ["ID-3", "TP-5", "TP-6", "TP-7", "TP-10", "TP-11"])
    adds_up(sheet)
    assert sheet.fits and sheet.left_out and any("Left out" in words for words in sheet.warnings)
    assert sheet.left_out[0] == guide.tools()["TP-11"].name, "priority 2 goes before priority 1"


def test_too_little_time_even_for_the_frame_is_said():
    sheet = run_sheet(workshop(20), ["TP-6"])
    assert not sheet.fits and "5 minutes more than you have" in " ".join(sheet.warnings)


def test_a_long_day_has_lunch():
    sheet = run_sheet(workshop(330), ["AN-6", "AN-5", "AN-7", "TP-7"])
    assert [row.task for row in sheet.rows].count("Lunch") == 1


def test_lines_by_hand_are_kept_as_they_are():
    own = [
        ("a", AgendaItem.model_validate({"order": 1, "task": "Song", "minutes": 7})),
        ("b", AgendaItem.model_validate({"order": 2, "task": "Readiness our way", "minutes": 50, "tool_id": "tp-6"})),
    ]
    sheet = run_sheet(workshop(60), ["TP-6"], own)
    assert [(row.task, row.minutes) for row in sheet.rows if row.kind == "own"] == [
        ("Song", 7),
        ("Readiness our way", 50),
    ]
    assert not sheet.fits


@pytest.mark.parametrize(
    ("text", "ok"), [("9:30", True), ("9.30 am", True), ("2pm", True), ("half past nine", False), ("25.00", False)]
)
def test_times_as_people_write_them(text, ok):
    warned = any("not written as a time" in words for words in run_sheet(workshop(60, starts=text), []).warnings)
    assert warned is not ok


def test_tools_in_a_line_of_text():
    assert read_tools("id-3, TP-5 and TP-5; nothing") == ["ID-3", "TP-5"]
    assert "no tool “XX-9”" in " ".join(run_sheet(workshop(60), ["XX-9"]).warnings)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 480), st.lists(st.sampled_from(list(guide.tools())), unique=True, max_size=8), st.integers(0, 40))
def test_times_add_up_whatever_is_asked(minutes, tools, people):
    sheet = run_sheet(workshop(minutes, people=people), tools)
    adds_up(sheet)
    assert not minutes or sheet.fits or {row.kind for row in sheet.rows} == {"frame"}
    worked = 0
    for row in sheet.rows:
        worked = 0 if row.kind == "break" else worked + row.minutes
        assert worked <= BREAK_AFTER or row.task == "Close", "a break before ninety minutes are over"
    for key in tools:
        kept = sum(row.minutes for row in sheet.rows if row.tool == key)
        assert kept == 0 or kept >= 2 / 3 * min(kept, guide.tools()[key].minutes)


# What stands in the way ----------------------------------------------------------------------------------------------


def test_an_empty_workbook_says_where_to_begin():
    found = [
        *stage_gaps.gaps_identify(stage_gaps.IdentifyFacts(), TODAY),
        *stage_gaps.gaps_decide(DecisionFacts(), [], TODAY),
        *stage_gaps.gaps_form(stage_gaps.FormFacts()),
    ]
    assert {
        "ID-3",
        "ID-4",
        "ID-8",
        "ID-9",
        "TP-1",
        "TP-6",
        "TP-7",
        "TP-9",
        "TP-10",
        "FP-1",
        "FP-2",
        "FP-3",
        "FP-4",
        "FP-6",
        "FP-9",
    } <= {gap.tool for gap in found}
    for gap in found:
        assert gap.tool in guide.tools() and gap.sentence.endswith((".", "?")), gap
        if gap.kind:  # without one the sentence leads to the tool
            assert not gap.field or gap.field in KINDS[gap.kind].model_fields, gap


def test_a_replaced_or_stale_policy_is_noticed():
    def policy(**more: object) -> Policy:
        return Policy.model_validate({"title": "Old plan", "relevance": "x", "checked_on": "2026-10-01", **more})

    facts = stage_gaps.IdentifyFacts(
        policies=[("a", policy(superseded_by="New plan")), ("b", policy(checked_on="2025-01-01"))]
    )
    text = sentences(stage_gaps.gaps_identify(facts, TODAY))
    assert "replaced by “New plan”" in text and "more than a year ago" in text


def test_what_was_settled_between_the_sectors_and_what_data_is_shared_stand_in_the_memorandum():
    """Agreed in stage 4 (AN-13, AN-1), typed once."""
    facts = MouFacts(
        mou=Mou.model_validate({"personal_data": "yes"}),
        differences=[
            ("a", ExpectationGap.model_validate({"expectation": "Cash", "agreed": "Paid monthly.", "mou": "yes"})),
            ("b", ExpectationGap.model_validate({"expectation": "Vans", "agreed": "Not for the MoU."})),
        ],
        shared=[
            ("c", DataShare.model_validate({"data_set": "Who comes", "personal": "personal"})),
            ("d", DataShare.model_validate({"data_set": "Bus times", "personal": "no"})),
        ],
    )
    text = "\n".join(line for section in mou.fill(facts).sections for line in section.paragraphs)
    assert "• Paid monthly." in text and "Not for the MoU" not in text
    assert "annexed table of shared data: Who comes." in text
