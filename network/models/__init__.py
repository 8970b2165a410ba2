"""Spaces and the people who speak for them."""

from __future__ import annotations

from network.models.space import Space, SpacePrice
from network.models.space_member import SpaceMember

__all__ = ["Space", "SpaceMember", "SpacePrice"]
