"""An impact map from a spreadsheet into the workbook; headings that nobody knows are asked for once and remembered."""

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from pspworkbook.documents.tables import Problem
from pspworkbook.documents.value_map_read import MapRead, fields_on_offer, read_map
from pspworkbook.records import KINDS, Outcome, field_of
from pspworkbook.widgets.files import LIMIT, Pieces
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import BadEntry, WorkbookError

MOST_SHOWN = 20
Row = tuple[str, str | None, dict[str, Any]]


class TakeMap(Part):
    """Takes an impact map: our own file with its edits, the field's layouts, or another one after its headings are told."""

    _esm = script("take_map.js")
    answers: ClassVar[dict[str, str]] = {"piece": "_piece", "take": "_take_told"}
    readonly = traitlets.Bool(False).tag(sync=True)
    limit = traitlets.Int(LIMIT).tag(sync=True)

    def __init__(self, session: Session) -> None:
        self.session, self._pieces = session, Pieces()
        self._file: tuple[str, bytes] | None = None
        super().__init__(readonly=not (session.workbook.may_edit("outcome") and session.workbook.may_edit("input")))

    def _remembered(self) -> dict[str, str]:
        return {entry.record.heading: entry.record.field for entry in self.session.now.records("heading_meaning")}

    def _piece(self, message: dict[str, Any], buffers: list[Any]) -> dict[str, Any]:
        data = self._pieces.take(message, buffers)
        if data is None:
            return {}
        self._file = (str(message.get("name", "")), data)
        return self._look({}, asked=False)

    def _take_told(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """The user has said what the unknown headings mean."""
        known = fields_on_offer()
        told = {str(heading): str(name) for heading, name in dict(message.get("meanings", {})).items()}
        for heading, name in told.items():
            if name and name not in known:
                raise BadEntry({heading: "Choose one of the columns."})
        return self._look(told, asked=True)

    def _look(self, told: Mapping[str, str], *, asked: bool) -> dict[str, Any]:
        if self._file is None:
            raise WorkbookError("Choose a file first.")
        name, data = self._file
        read = read_map(data, name, {**self._remembered(), **told})
        if whole := [problem for problem in read.problems if not problem.row]:
            raise WorkbookError(" ".join(map(str, whole[:3])))
        if read.missing or (read.unknown and not asked):
            return self._question(read)
        if not read.rows:
            raise WorkbookError(
                "No outcome was found below the headings." + "".join(f" {one}" for one in read.problems[:3])
            )
        return self._keep(read, told, name)

    def _question(self, read: MapRead) -> dict[str, Any]:
        """The mapping page: which headings were understood, which were not, and what is still missing."""
        titles = fields_on_offer()
        free = {name: title for name, title in titles.items() if name not in read.meant.values()}
        return {
            "ask": True,
            "understood": [{"heading": heading, "title": titles.get(name, "")} for heading, name in read.meant.items() if name in titles],
            "unknown": list(read.unknown),
            "missing": [titles[name] for name in read.missing],
            "offer": [{"value": name, "text": title} for name, title in free.items()],
        }  # fmt: skip

    def _keep(self, read: MapRead, told: Mapping[str, str], name: str) -> dict[str, Any]:
        there = {entry.id: entry.record.body() for entry in self.session.now.records("outcome")}
        proxies = {entry.id for entry in self.session.now.records("proxy")}
        groups, new_groups = self._groups(read)
        rows: list[Row] = list(new_groups)
        new = changed = same = 0
        for row in read.rows:
            values = {**row.values, "stakeholder": groups[row.stakeholder.casefold()]}
            if values.get("proxy_from") and values["proxy_from"] not in proxies:
                values["proxy_from"] = None  # of another workbook's library
            values = Outcome.model_validate(values).body() if row.id not in there else _body(values)
            if row.id not in there:
                rows.append(("outcome", None, values))
                new += 1
            elif any(there[row.id].get(field) != value for field, value in values.items()):
                rows.append(("outcome", row.id, values))
                changed += 1
            else:
                same += 1
        more, troubles = self._scope_and_inputs(read, groups)
        rows += more
        known = {entry.record.heading: entry.id for entry in self.session.now.records("heading_meaning")}
        rows += [
            ("heading_meaning", known.get(heading), {"heading": heading, "field": field})
            for heading, field in told.items()
        ]
        if rows:
            self.session.workbook.save_many(rows, reason=f"Taken from {name}")
            self.session.follow()
        problems = [*read.problems, *troubles]
        refused = len({problem.row for problem in read.problems if problem.row})
        said = f"Outcomes: {new} new, {changed} changed, {same} as before, {refused} refused."
        others = len(more)
        said += f" {others} {'change' if others == 1 else 'changes'} to inputs and rates." if others else ""
        return {"said": said, "problems": [str(problem) for problem in problems[:MOST_SHOWN]]}

    def _groups(self, read: MapRead) -> tuple[dict[str, str], list[Row]]:
        """The identifier of every stakeholder named, and records for those that are not in the list yet."""
        known = {entry.record.label().casefold(): entry for entry in self.session.now.records("stakeholder")}
        ids = {name: entry.id for name, entry in known.items()}
        rows: list[Row] = []
        from pspworkbook.workbook.saving import new_id

        for row in read.rows:
            key = row.stakeholder.casefold()
            if key not in ids:
                ids[key] = new_id("stakeholder")
                rows.append(
                    ("stakeholder", ids[key], {"name": row.stakeholder, "people": row.people, "included": True})
                )
            elif row.people is not None and key in known and known[key].record.people != row.people:
                rows.append(("stakeholder", ids[key], {"people": row.people}))
        return ids, rows

    def _scope_and_inputs(self, read: MapRead, groups: Mapping[str, str]) -> tuple[list[Row], list[Problem]]:
        """What somebody changed on the sheet Inputs of our own file."""
        rows: list[Row] = []
        problems: list[Problem] = []
        scope = self.session.now.the("forecast").record
        values: dict[str, Any] = {}
        if read.settings:
            said = {key: str(value).strip().casefold() for key, value in read.settings.items()}
            values = {
                "discounting": "green_book" if said["falling_rates"] == "yes" else "flat",
                "discount_first_year": said["discount_first_year"] != "no",
                "activity_years": read.settings["activity_years"],
                "discount_rate": read.settings["discount_rate"],
            }
            values = {key: value for key, value in values.items() if getattr(scope, key) != value}
        if values and self.session.workbook.may_edit("forecast"):
            rows.append(("forecast", "forecast", values))
        elif values:
            problems.append(
                Problem(0, "", "The rates on the sheet Inputs differ; only the facilitator can change them.")
            )
        there = {entry.id: entry.record for entry in self.session.now.records("input")}
        names = {entry.record.label().casefold(): entry.id for entry in self.session.now.records("stakeholder")} | dict(
            groups
        )
        model = KINDS["input"]
        for one in read.inputs:
            id_ = one["id"] if one["id"] in there else None
            given = {key: value for key, value in one.items() if key not in ("id", "stakeholder")}
            given["stakeholder"] = names.get(str(one["stakeholder"]).casefold())
            try:
                body = model.model_validate({**(there[id_].body() if id_ else {}), **given}).body()
            except ValueError:
                problems.append(Problem(0, "", f"The input “{one['description']}” cannot be read."))
                continue
            if id_ is None or body != there[id_].body():
                rows.append(("input", id_, body))
        return rows, problems


def _body(values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values as they are stored, of these fields only."""
    body = Outcome.model_validate(values).body()
    return {name: body[name] for name in values if field_of(Outcome, name)}
