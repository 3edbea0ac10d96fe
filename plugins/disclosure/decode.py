"""Plain YAML values + positions → models. Every error gets its place in the file."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from disclosure.model.fields import BLANK
from disclosure.problems import Problem, Span, problem
from disclosure.source import Path, Source, Value

M = TypeVar("M", bound=BaseModel)

# pydantic's own error types, in our codes; the types "S2xx" are raised by the field types.
_OWN = "S2"
_CODES = {
    "missing": "S201",
    "extra_forbidden": "S202",
    "string_type": "S203",
    "model_type": "S213",
    "model_attributes_type": "S213",
    "dict_type": "S213",
    "tuple_type": "S214",
    "list_type": "S214",
    "literal_error": "S215",
}


def decode(
    source: Source, model: type[M], context: Mapping[str, Any] | None = None
) -> tuple[M | None, tuple[Problem, ...]]:
    """The value of ``source`` as a ``model``, or every error in it."""
    try:
        return model.model_validate(_marked(source.value), context=dict(context or {})), ()
    except ValidationError as error:
        return None, tuple(_problems(source, model, error))


def decode_list(
    source: Source, model: type[M], context: Mapping[str, Any] | None = None
) -> tuple[tuple[M, ...], tuple[Problem, ...]]:
    """A file that is a list at its top: the items that decode, and the errors of the others."""
    if not isinstance(source.value, list):
        return (), (problem("S214", source.positions.value(()), found=_shown(source.value)),)
    items: list[M] = []
    problems: list[Problem] = []
    for index, value in enumerate(source.value):
        try:
            items.append(model.model_validate(_marked(value), context=dict(context or {})))
        except ValidationError as error:
            problems += _problems(source, model, error, (index,))
    return tuple(items), tuple(problems)


def _marked(value: Value) -> object:
    """``value`` with every empty value marked, so that it is never taken for an absent key."""
    if isinstance(value, str):
        return value
    if value is None:
        return BLANK
    # Most values are texts: asking here spares a call for each, half of the time of marking.
    if isinstance(value, dict):
        return {
            key: item if isinstance(item, str) else _marked(item) for key, item in value.items()
        }
    return [item if isinstance(item, str) else _marked(item) for item in value]


def _problems(
    source: Source, model: type[BaseModel], error: ValidationError, prefix: Path = ()
) -> Iterator[Problem]:
    for detail in error.errors(include_url=False):
        yield _problem(source, model, detail, prefix)


def _problem(source: Source, model: type[BaseModel], detail: ErrorDetails, prefix: Path) -> Problem:
    loc = detail["loc"]
    kind = detail["type"]
    # Where pydantic speaks of a key itself; an unknown key can be called "[key]" too.
    at_key = kind != "extra_forbidden" and bool(loc) and loc[-1] == "[key]"
    path: Path = (*prefix, *(loc[:-1] if at_key else loc))
    code = kind if kind.startswith(_OWN) else _CODES.get(kind, "S216")
    values = {key: str(value) for key, value in (detail.get("ctx") or {}).items()}
    if code == "S201":
        return problem(code, source.positions.nearest(path[:-1]), field=str(path[-1]))
    if code == "S202":
        known = _fields(model, loc[:-1])
        nearest = next(iter(difflib.get_close_matches(str(path[-1]), known, 1, 0.5)), "")
        values = {"found": str(path[-1]), "suggestion": nearest, "known": ", ".join(known)}
        return problem(code, source.positions.key(path), **values)
    if code == "S215":
        values["expected"] = ", ".join(re.findall("'([^']*)'", values["expected"]))
    values.setdefault("found", _shown(detail.get("input")))
    return problem(code, _span(source, path, at_key), **values)


def _span(source: Source, path: Path, at_key: bool) -> Span:
    return source.positions.key(path) if at_key else source.positions.nearest(path)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "…: …"
    return "- …" if isinstance(value, list) else ""


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that the model at ``loc`` knows, in their order."""
    current: Any = model
    for part in loc:
        current = _step(current, part)
        if current is None:
            return ()
    found = _model_in(current)
    if found is None:
        return ()
    return tuple(field.alias or name for name, field in found.model_fields.items())


def _step(annotation: Any, part: str | int) -> Any:
    found = _model_in(annotation)
    if found is not None and isinstance(part, str):
        for name, field in found.model_fields.items():
            if part in (name, field.alias):
                return field.annotation
        return None
    for candidate in _unpacked(annotation):
        origin, arguments = typing.get_origin(candidate), typing.get_args(candidate)
        if origin is tuple and isinstance(part, int):
            return arguments[0]
        if origin is dict:
            return arguments[1]
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    for candidate in _unpacked(annotation):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def _unpacked(annotation: Any) -> Iterator[Any]:
    """The annotation without ``Annotated`` and ``| None``."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        yield from _unpacked(typing.get_args(annotation)[0])
    elif origin in (typing.Union, types.UnionType):
        for argument in typing.get_args(annotation):
            yield from _unpacked(argument)
    else:
        yield annotation
