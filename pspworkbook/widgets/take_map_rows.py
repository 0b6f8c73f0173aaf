"""What of an impact map is an edit: the file beside the workbook as it was when the file was saved, and as it is now."""

from collections.abc import Mapping, Sequence
from typing import Any

from pspworkbook.documents.tables import Problem
from pspworkbook.documents.value_map_layout import INPUTS, rates_shown
from pspworkbook.documents.value_map_read import MapRead, MapRow
from pspworkbook.methods.words import quoted
from pspworkbook.records import KINDS, Forecast, Outcome, Record, Stakeholder, field_of
from pspworkbook.records.fits import misfits
from pspworkbook.widgets.as_saved import changed_here, removed_here
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.taking import Row
from pspworkbook.workbook import words
from pspworkbook.workbook.saving import new_id
from pspworkbook.workbook.three_way import three_way

Body = Mapping[str, Any]
COMPARED = ("outcome", "stakeholder", "input", "forecast")

UNCLEAR = "More than one outcome of this group has these words here, and the file does not say which of them is meant. Nothing of this row was taken: change the outcome on the page, or save the spreadsheet here and edit that one."


class MapRows:
    """The rows of a map, compared with the workbook: ``rows`` is what is to be saved, ``problems`` what was refused.

    A cell that still says what the workbook said when the file was saved is no edit, and a newer value here stays. A cell
    that was edited where the value has changed here too is left as it is here, and is a problem of its row. A file that
    does not say when it was saved, or in another workbook, is compared with the workbook as it is now.

    A row without an identifier is the outcome here of the same group and the same words: other people's files carry none,
    and one that is corrected and taken again would double what it had brought before. Its empty cells say nothing.
    """

    def __init__(self, session: Session, read: MapRead) -> None:
        self.workbook, now = session.workbook, session.now
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self.new = self.changed = self.same = self.others = self.newer = self.clashes = self.refused = 0
        self._here: dict[str, dict[str, Body]] = {
            kind: {entry.id: entry.record.body() for entry in now.records(kind)} for kind in COMPARED
        }
        self._before = self.workbook.stood_at(read.mark, COMPARED) or {}
        self._proxies = {entry.id for entry in now.records("proxy")}
        self._named = {id_: _name(body) for id_, body in self._here["stakeholder"].items()}
        self._named_before = dict(self._named)
        for (kind, id_), body in self._before.items():
            if kind == "stakeholder":
                self._named_before[id_] = _name(body) if body else ""
        # The name that a group had when the file was saved comes first: it may be called something else here by now.
        named = [*self._named.items(), *((id_, name) for id_, name in self._named_before.items() if id_ in self._named)]
        self._ids = {bare(name): id_ for id_, name in named if name}
        self._new_groups: dict[str, dict[str, Any]] = {}
        people: dict[str, MapRow] = {}
        self._unclear: set[int] = set()
        self._same = self._same_words(read.rows)
        for row in read.rows:
            if row.number in self._unclear:
                self._refuse(row.number, field_of(Outcome, "outcome").title, "", UNCLEAR)
                self.refused += 1
            else:
                self._outcome(row, people)
        for id_, row in people.items():
            self._people(id_, row)
        self.rows[:0] = [("stakeholder", id_, values) for id_, values in self._new_groups.items()]
        self._rates(read.settings)
        for one in read.inputs:
            self._input(one)

    def _base(self, kind: str, id_: str) -> Body | None:
        """The record as the file has seen it."""
        return self._before[kind, id_] if (kind, id_) in self._before else self._here[kind].get(id_)

    def _same_words(self, rows: Sequence[MapRow]) -> dict[int, str]:
        """For rows without an identifier, by their number, the outcome here that is of the same group and words.

        Each outcome is found once: two such rows in one file are two outcomes. A row that says all that an outcome says
        is that one; of the others, one for which several outcomes stand here is unclear.
        """
        there: dict[tuple[str, str], list[str]] = {}
        claimed = {row.id for row in rows}
        for id_, body in self._here["outcome"].items():
            if id_ not in claimed:
                held = body.get("stakeholder") or ""
                there.setdefault((bare(self._named.get(held, held)), bare(body["outcome"])), []).append(id_)
        meant: dict[int, list[str]] = {}
        for row in rows:
            name = self._named.get(self._group(row.stakeholder, None) or "", row.stakeholder)
            if not row.id and bare(row.values.get("outcome") or ""):
                meant[row.number] = there.get((bare(name), bare(row.values["outcome"])), [])
        found: dict[int, str] = {}
        for alike in (True, False):  # a row further down may say exactly what an outcome says
            for row in rows if meant else ():
                free = [id_ for id_ in meant.get(row.number, ()) if id_ not in claimed]
                if alike:
                    free = [id_ for id_ in free if self._says(row, self._here["outcome"][id_])][:1]
                if row.number in found or not free:
                    continue
                if not alike and len(meant[row.number]) > 1:
                    self._unclear.add(row.number)
                else:
                    found[row.number] = free[0]
                    claimed.add(free[0])
        return found

    def _says(self, row: MapRow, here: Body) -> bool:
        return all(here.get(name) == value for name, value in self._given(row, here).items())

    def _said(self, row: MapRow, base: Body) -> dict[str, Any]:
        """What a row says of its outcome, but for the group."""
        values = dict(row.values)
        origin = values.get("proxy_from")
        if origin and origin not in self._proxies and origin != base.get("proxy_from"):
            values["proxy_from"] = None  # of another workbook's library
        return values

    def _given(self, row: MapRow, here: Body) -> dict[str, Any]:
        """What a row without an identifier says of an outcome that was found by its words."""
        body = Outcome.model_validate(self._said(row, here)).body()
        return {name: body[name] for name in row.values if name != "outcome" and body[name] not in (None, "", [])}

    def _outcome(self, row: MapRow, people: dict[str, MapRow]) -> None:
        same = self._same.get(row.number, "")
        id_ = row.id or same
        here = self._here["outcome"].get(id_)
        base = here if same else self._base("outcome", id_)
        who = self._group(row.stakeholder, base)
        if who is None and row.stakeholder:
            who = self._ids[bare(row.stakeholder)] = new_id("stakeholder")
            self._named[who] = row.stakeholder
            self._new_groups[who] = {"name": row.stakeholder, "people": row.people, "included": True}
        if who and row.people is not None:
            people[who] = row
        values = {**self._said(row, base or {}), "stakeholder": who}
        body = Outcome.model_validate(values).body()
        said = {name: body[name] for name in values if field_of(Outcome, name)}
        if here is None and base is None:
            self.rows.append(("outcome", None, body))
            self.new += 1
        elif here is None or base is None:
            self._removed(said, base or {}, Problem(row.number, "", ""), row.values.get("outcome", ""))
        else:
            given = self._compare(Outcome, self._given(row, here) if same else said, base, here, row.number)
            if given is None:
                self.refused += 1
            elif given:
                self.rows.append(("outcome", id_, given))
                self.changed += 1
            else:
                self.same += 1

    def _group(self, name: str, base: Body | None) -> str | None:
        """Who is meant by a name. The record's own group goes before others of that name, also where it has been removed."""
        held = (base or {}).get("stakeholder")
        if held and bare(name) == bare(self._named_before.get(held) or held):
            return str(held)
        return self._ids.get(bare(name))

    def _people(self, id_: str, row: MapRow) -> None:
        here, base = self._here["stakeholder"].get(id_), self._base("stakeholder", id_)
        if here is None or base is None:
            return
        given = self._compare(Stakeholder, {"people": row.people}, base, here, row.number)
        if given:
            self.rows.append(("stakeholder", id_, given))

    def _rates(self, settings: Mapping[str, Any]) -> None:
        """What somebody changed at the head of the sheet Inputs of our own file."""
        if not settings:
            return
        yes = {key: str(value).strip().casefold() for key, value in settings.items()}
        said = {
            "discounting": "green_book" if yes["falling_rates"] == "yes" else "flat",
            "discount_first_year": yes["discount_first_year"] != "no",
            "activity_years": settings["activity_years"],
            "discount_rate": settings["discount_rate"],
        }
        try:
            body = Forecast.model_validate(said).body()
        except ValueError:
            self.problems.append(Problem(0, "", f"The rates on the sheet {INPUTS} cannot be read."))
            return
        here, base = self._here["forecast"].get("forecast"), self._base("forecast", "forecast")
        was, now = (rates_shown(Forecast.model_validate(one or {})) for one in (base, here))
        given = self._compare(Forecast, {name: body[name] for name in said}, was, now, 0)
        if given and self.workbook.may_edit("forecast"):
            self.rows.append(("forecast", "forecast", given))
            self.others += 1
        elif given:
            self.problems.append(
                Problem(0, "", f"The rates on the sheet {INPUTS} differ; only the facilitator can change them.")
            )

    def _input(self, one: Mapping[str, Any]) -> None:
        """A row of the sheet Inputs of our own file."""
        model, id_, name = KINDS["input"], str(one["id"]), str(one["stakeholder"]).strip()
        here, base = self._here["input"].get(id_), self._base("input", id_)
        trouble = f"Sheet {INPUTS}, “{one['description']}”: "
        given = {key: value for key, value in one.items() if key not in ("id", "stakeholder")}
        given["stakeholder"] = self._group(name, base)
        if name and given["stakeholder"] is None:
            self.problems.append(Problem(0, "", f"{trouble}“{name}” is not in the list of stakeholders."))
            return
        try:
            body = model.model_validate({**(base or {}), **given}).body()
        except ValueError:
            self.problems.append(Problem(0, "", f"The input “{one['description']}” cannot be read."))
            return
        said = {key: body[key] for key in given}
        if here is None and base is None:
            self.rows.append(("input", None, body))
            self.others += 1
        elif here is None or base is None:
            self._removed(said, base or {}, Problem(0, "", trouble), str(one["description"]))
        elif changed := self._compare(model, said, base, here, 0, trouble):
            self.rows.append(("input", id_, changed))
            self.others += 1

    def _removed(self, said: Body, base: Body, at: Problem, name: str) -> None:
        """A record that is gone here: only what somebody has written about it since is worth a word."""
        if three_way(said, base, {}).edited:
            self.problems.append(Problem(at.row, at.column, at.message + removed_here(name)))
            self.clashes += 1
        else:
            self.newer += 1

    def _compare(
        self, model: type[Record], said: Body, base: Body, here: Body, row: int, where: str = ""
    ) -> dict[str, Any] | None:
        """The fields to be changed; what clashes, and what cannot go with the rest of the record, becomes a problem.

        None when it is for the latter that nothing is changed.
        """
        found = three_way(said, base, here)
        self.newer += len(found.newer)
        self.clashes += len(found.clashes)
        for name in found.clashes:
            spec = field_of(model, name)
            ours, theirs = (words.value(spec, one.get(name), self._named) for one in (here, said))
            what = quoted(words.name_of(model.kind, here)) if row else "it"
            self._refuse(row, spec.title, where, changed_here(what, ours, theirs))
        given = {name: value for name, value in found.agreed.items() if value != here.get(name)}
        wrong = misfits(model.model_validate({**here, **given}), list(given)) if given else {}
        for name, text in wrong.items():
            self._refuse(row, field_of(model, name).title, where, text)
        return None if wrong else given

    def _refuse(self, row: int, title: str, where: str, text: str) -> None:
        """A problem at its cell; the sheet Inputs has no numbers of rows, and its cells are named in words."""
        if row:
            self.problems.append(Problem(row, title, text))
        else:
            self.problems.append(Problem(0, "", f"{where or f'Sheet {INPUTS}, '}{title}: {text}"))


def _name(body: Body) -> str:
    return Stakeholder.model_validate(body).label()


def bare(text: str) -> str:
    """A name without what does not matter in it: case and blanks."""
    return " ".join(text.split()).casefold()
