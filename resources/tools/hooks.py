"""What the tools of spaces add to the pages that gather several rooms."""

from __future__ import annotations

from wagtail import hooks

from resources.tools.panels import MemberToolsPanel, SpaceToolsPanel


@hooks.register("register_member_panel")
def register_member_tools_panel() -> MemberToolsPanel:
    return MemberToolsPanel()


@hooks.register("register_space_panel")
def register_space_tools_panel() -> SpaceToolsPanel:
    return SpaceToolsPanel()
