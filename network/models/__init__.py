"""Spaces and the people who speak for them."""

from __future__ import annotations

from network.models.space import Space
from network.models.space_member import SpaceMember
from network.models.space_parts import SpaceKindRow, SpacePrice, SpaceService

__all__ = ["Space", "SpaceKindRow", "SpaceMember", "SpacePrice", "SpaceService"]
