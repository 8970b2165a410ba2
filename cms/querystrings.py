"""Addresses of filtered lists, as pure functions over the query string.

Empty values are dropped and names sorted, so that one choice has one address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

Parameters = Mapping[str, Sequence[str]]


def encode_parameters(parameters: Parameters) -> str:
    """Return “?a=1&b=2” in canonical order, or an empty text for no parameter."""
    pairs = [
        (name, value)
        for name in sorted(parameters)
        for value in sorted(set(parameters[name]))
        if value
    ]
    return f"?{urlencode(pairs)}" if pairs else ""


def with_parameter(parameters: Parameters, **changes: str | None) -> str:
    """Return the address with these parameters set; None removes one."""
    changed = {name: list(values) for name, values in parameters.items()}
    for name, value in changes.items():
        changed[name] = [value] if value is not None else []
    return encode_parameters(changed)


def without_parameter(
    parameters: Parameters, name: str, value: str | None = None
) -> str:
    """Return the address without one parameter, or without one of its values."""
    kept = [
        one for one in parameters.get(name, ()) if value is not None and one != value
    ]
    return encode_parameters({**parameters, name: kept})
