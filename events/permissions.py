"""Who may do what to a date in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.permission_policies import ModelPermissionPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from cms.models import User
    from events.models import Event, Series


class EventPermissionPolicy(ModelPermissionPolicy):
    """Nobody deletes a date that was published: calendars hold it; it is cancelled."""

    def user_has_permission_for_instance(
        self, user: User, action: str, instance: Event
    ) -> bool:
        if action == "delete" and instance.first_published_at is not None:
            return False
        return super().user_has_permission_for_instance(user, action, instance)


class SeriesPermissionPolicy(ModelPermissionPolicy):
    """Nobody deletes a series that was published or has dates: it is ended."""

    def user_has_permission_for_instance(
        self, user: User, action: str, instance: Series
    ) -> bool:
        if action == "delete" and (instance.was_published or instance.events.exists()):
            return False
        return super().user_has_permission_for_instance(user, action, instance)


class RecordedPermissionPolicy(ModelPermissionPolicy):
    """Nobody adds or deletes here: services record what meetings decided."""

    RECORDED = ("add", "delete")

    def user_has_permission(self, user: User, action: str) -> bool:
        if action in self.RECORDED:
            return False
        return super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: User, action: str, instance: Model
    ) -> bool:
        return self.user_has_permission(user, action)


class FeedPermissionPolicy(ModelPermissionPolicy):
    """Who publishes dates trusts calendars; members alone add and remove them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        may_see = action in {"change", "view"}
        return may_see and user.is_active and user.has_perm("events.publish_event")

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Any
    ) -> bool:
        return self.user_has_permission(user, action)
