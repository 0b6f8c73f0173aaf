"""What every record has in common, and what can be read from its declaration."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

from pspworkbook.records.fields import FieldKind, Options, RefersTo, plain_day


class Record(BaseModel):
    """One thing that a partnership writes down.

    A subclass declares its fields with :func:`~pspworkbook.records.fields.ask`. Every field may be empty, so that an
    entry can be saved as it is made; :meth:`missing` names what is needed before the record counts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True, protected_namespaces=())

    kind: ClassVar[str]
    noun: ClassVar[str]
    plural: ClassVar[str]
    tool: ClassVar[str] = ""
    """The tool's identifier in the inventory, such as ``AN-3``."""
    single: ClassVar[bool] = False
    """There is exactly one of it in a workbook: a form, not a register."""
    facilitator_only: ClassVar[bool] = False
    """Only the facilitator may edit it, because it speaks for the whole partnership."""
    confidential: ClassVar[bool] = False
    """The history says that it was given or changed, and never what it says."""
    name_field: ClassVar[str] = "name"
    """The field that names the record where another one points to it."""
    named_with: ClassVar[tuple[str, ...]] = ()
    """Fields that point to what the name is only a part of: the history says ``“How many” of “Fewer falls”``."""

    def label(self) -> str:
        """The record's name, for lists and messages; where it is a choice, the words of the choice."""
        value = getattr(self, self.name_field, None)
        if isinstance(value, dt.date):
            return plain_day(value)
        named = self.name_field in type(self).model_fields
        shown = field_of(type(self), self.name_field).show(value) if named else ""
        return shown or f"{self.noun} without a name"

    def missing(self) -> list["FieldSpec"]:
        """The fields that must be answered before this record counts, in their order."""
        return [
            spec
            for spec in fields_of(type(self))
            if spec.needed
            and getattr(self, spec.name) in (None, "")
            and not (spec.unless and getattr(self, spec.unless[0]) == spec.unless[1])
        ]

    def compared(self, name: str) -> Any:
        """The value of a field as ``fits`` compares it with others; None where there is nothing to compare."""
        return getattr(self, name)

    def body(self) -> dict[str, Any]:
        """The record as plain JSON values."""
        return self.model_dump(mode="json")


@dataclass(frozen=True)
class FieldSpec:
    """One field as a form, a table or a sheet needs to know it."""

    name: str
    title: str
    kind: FieldKind
    help: str = ""
    example: str = ""
    needed: bool = False
    shown: str = ""
    private: bool = False
    group: str = ""
    not_before: tuple[str, ...] = ()
    not_above: tuple[str | float, ...] = ()
    reason_for: tuple[str, ...] = ()
    offered: bool = False
    unless: tuple[str, str] | tuple[()] = ()
    happened: bool = False
    options: dict[str, str] = field(default_factory=dict, hash=False)
    refers_to: str = ""

    def show(self, value: Any) -> str:
        """The stored value as the text that a person would type for it; "" when there is none."""
        return "" if value is None or value == "" else self.kind.show(value)


@cache
def fields_of(model: type[Record]) -> tuple[FieldSpec, ...]:
    """The declared fields of a record's model, in their order."""
    specs = []
    for name, info in model.model_fields.items():
        marks: dict[type, Any] = {type(mark): mark for mark in info.metadata}
        options, refers_to = marks.get(Options), marks.get(RefersTo)
        words = dict(info.json_schema_extra) if isinstance(info.json_schema_extra, dict) else {}
        specs.append(
            FieldSpec(
                name=name,
                title=info.title or name.replace("_", " ").capitalize(),
                kind=marks[FieldKind],
                example=str(info.examples[0]) if info.examples else "",
                options=dict(options.answers) if options else {},
                refers_to=refers_to.kind if refers_to else "",
                **words,  # type: ignore[arg-type]
            )
        )
    return tuple(specs)


def field_of(model: type[Record], name: str) -> FieldSpec:
    """The declaration of one field. Raises KeyError when the model has no such field."""
    for spec in fields_of(model):
        if spec.name == name:
            return spec
    raise KeyError(name)


def messages_of(error: ValidationError, model: type[Record]) -> dict[str, str]:
    """A validation error as plain sentences: field name to what to do about it; "" for the record as a whole."""
    messages: dict[str, str] = {}
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        name = str(problem["loc"][0]) if problem["loc"] else ""
        if problem["type"] == "extra_forbidden":
            messages[""] = f"There is no field “{name}” in {model.plural.lower()}."
        else:
            text = problem["msg"].removeprefix("Value error, ")
            messages.setdefault(
                name, text if problem["type"] in ("plain", "value_error") else f"This cannot be read: {text}."
            )
    return messages
