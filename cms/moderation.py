"""Wagtail's workflow on records that members write, and who is told of it.

Wagtail's own mails lead to ``/admin/account/``, which members cannot open. Each
receiver here takes the place of Wagtail's (same sender, same ``dispatch_uid``: a signal
keeps one of them), and passes on what no room asked to tell itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    Notifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    published,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from cms.refusals import InModeration, NothingNew

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db import models
    from django.dispatch import Signal

    from cms.models import User


class ModerationTeller(Protocol):
    """Tells the people concerned; everything is stored in the transaction."""

    def call_moderators(self, task_state: TaskState) -> None:
        """A text waits for an answer."""

    def announce_approval(self, state: WorkflowState, *, record: Any) -> None:
        """The text is published; ``record`` is the published row."""

    def announce_rejection(self, state: WorkflowState) -> None:
        """The text came back with a comment."""

    def announce_return(self, state: WorkflowState) -> None:
        """A moderator ended the review without an answer."""


_TELLERS: dict[type[models.Model], ModerationTeller] = {}


def submit_row(row: Any, *, by: User) -> WorkflowState:
    """Start Wagtail's workflow on the latest text of ``row``, a locked row.

    A text that the moderators sent back takes the same workflow up again.

    Raises:
        InModeration: it was submitted already.
        NothingNew: the latest text is the published one.
    """
    state = row.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise InModeration
    if row.live and not row.has_unpublished_changes:
        raise NothingNew
    if state is not None:
        state.requested_by = by
        state.resume(user=by)
        return state  # type: ignore[no-any-return]
    workflow = row.get_workflow()
    if workflow is None:
        raise ImproperlyConfigured(
            "No workflow moderates these records: run `migrate`."
        )
    return workflow.start(row, by)  # type: ignore[no-any-return]


def end_review(row: Any, *, by: User) -> None:
    """End the moderation of ``row``, text kept; do nothing when there is none."""
    state = row.current_workflow_state
    if state is not None:
        state.cancel(user=by)


def tell_moderation_by(teller: ModerationTeller, *records: type[models.Model]) -> None:
    """Let ``teller`` tell what happens to ``records``; call it when apps are ready."""
    if not _TELLERS:
        _take_over()
    for model in records:
        _TELLERS[model] = teller
        published.connect(
            _tell_publication,
            sender=model,
            dispatch_uid=f"cms.tell_publication.{model._meta.label_lower}",
        )


def _take_over() -> None:
    _replace(
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        GroupApprovalTaskStateSubmissionEmailNotifier(),
        lambda teller, task_state: teller.call_moderators(task_state),
    )
    _replace(
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        WorkflowStateSubmissionEmailNotifier(),
        lambda teller, state: None,  # The task's mail says it already.
    )
    _replace(
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        WorkflowStateRejectionEmailNotifier(),
        lambda teller, state: teller.announce_rejection(state),
    )
    _replace(
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        WorkflowStateApprovalEmailNotifier(),
        _tell_approval,
    )
    workflow_cancelled.connect(
        _tell_return, sender=WorkflowState, dispatch_uid="cms.tell_return"
    )


def _replace(
    signal: Signal,
    sender: type,
    dispatch_uid: str,
    notifier: Notifier,
    tell: Callable[[ModerationTeller, Any], None],
) -> None:
    def receive(*, instance: Any, **kwargs: Any) -> None:
        teller = _TELLERS.get(type(_find_record(instance)))
        if teller is None:
            notifier(instance=instance, **kwargs)
        else:
            tell(teller, instance)

    signal.disconnect(sender=sender, dispatch_uid=dispatch_uid)
    signal.connect(receive, sender=sender, dispatch_uid=dispatch_uid, weak=False)


def _find_record(instance: TaskState | WorkflowState) -> Any:
    state = instance.workflow_state if isinstance(instance, TaskState) else instance
    return state.content_object


def _tell_approval(teller: ModerationTeller, state: WorkflowState) -> None:
    rows = type(_find_record(state))._default_manager
    teller.announce_approval(state, record=rows.get(pk=state.object_id))


def _tell_publication(*, instance: Any, **kwargs: Any) -> None:
    # “Publish” pressed on a waiting text approves it without the workflow's word; an
    # approval has ended its workflow by now.
    state = instance.current_workflow_state
    if state is not None:
        _TELLERS[type(instance)].announce_approval(state, record=instance)


def _tell_return(
    *, instance: WorkflowState, user: User | None = None, **kwargs: Any
) -> None:
    record = _find_record(instance)
    teller = _TELLERS.get(type(record))
    if teller is None or user in (None, instance.requested_by):
        return
    options = record._meta
    if not user.has_perm(f"{options.app_label}.publish_{options.model_name}"):
        return  # A member took it back.
    if record.live and not record.has_unpublished_changes:
        return  # Ended by what happened to the record itself, which is told elsewhere.
    teller.announce_return(instance)
