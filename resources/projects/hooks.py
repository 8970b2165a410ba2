"""What projects add to the pages that gather several rooms."""

from __future__ import annotations

from wagtail import hooks

from resources.projects.panels import HomeProjectsPanel, SpaceProjectsPanel


@hooks.register("register_space_panel")
def register_space_projects_panel() -> SpaceProjectsPanel:
    return SpaceProjectsPanel()


@hooks.register("register_home_panel")
def register_home_projects_panel() -> HomeProjectsPanel:
    return HomeProjectsPanel()
