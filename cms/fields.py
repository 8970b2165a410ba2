"""A StreamField whose block definitions stay out of migrations.

Blocks change often and say nothing about the schema; written into migrations they
weigh megabytes. The price is that historical models know no blocks: such a field
must hand back, untouched, whatever body it read.
"""

from __future__ import annotations

import json
from typing import Any

from wagtail.blocks import StreamBlock, StreamValue
from wagtail.fields import StreamField


class BodyField(StreamField):
    """StreamField without block definitions in migrations (design decision D2)."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    @property
    def has_no_definitions(self) -> bool:
        """True for the field of a historical model."""
        return not self.stream_block.child_blocks

    def to_python(self, value: Any) -> StreamValue:
        if not self.has_no_definitions or isinstance(value, StreamValue):
            return super().to_python(value)
        stream = _UnknownBody(self.stream_block, _parse_stream(value))
        stream._stream_field = self
        return stream

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, _UnknownBody):
            return value.stored
        return super().get_prep_value(value)


class _UnknownBody(StreamValue):
    """A body whose blocks nobody describes: empty to read, whole to store."""

    def __init__(self, stream_block: StreamBlock, stored: list[Any]) -> None:
        super().__init__(stream_block, [])
        self.stored = stored


def _parse_stream(value: Any) -> list[Any]:
    if isinstance(value, str):
        value = json.loads(value) if value else []
    return list(value or [])
