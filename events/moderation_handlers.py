"""What happens in Wagtail's workflow, told by our mails instead of Wagtail's.

Wagtail's mails lead to ``/admin/account/``, which members cannot open. Each receiver
here takes the place of Wagtail's own (same sender, same ``dispatch_uid``: a signal
keeps one of them), passes on what is not of this room, and answers for dates and
series itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.dispatch import Signal
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

from cms.models import User
from events.models import Event, Series
from events.services import moderation_mail


def connect_receivers() -> None:
    """Connect every receiver; call it when the apps are ready."""
    _replace(
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
        GroupApprovalTaskStateSubmissionEmailNotifier(),
        moderation_mail.call_moderators,
    )
    _replace(
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
        WorkflowStateSubmissionEmailNotifier(),
        None,  # The task's mail says it already.
    )
    _replace(
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
        WorkflowStateRejectionEmailNotifier(),
        moderation_mail.announce_rejection,
    )
    _replace(
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
        WorkflowStateApprovalEmailNotifier(),
        _mail_approval,
    )
    for model in (Event, Series):
        published.connect(
            _mail_publication,
            sender=model,
            dispatch_uid=f"events.mail_publication.{model._meta.model_name}",
        )
    workflow_cancelled.connect(
        _mail_return, sender=WorkflowState, dispatch_uid="events.mail_return"
    )


def _replace(
    signal: Signal,
    sender: type,
    dispatch_uid: str,
    notifier: Notifier,
    tell: Callable[[Any], None] | None,
) -> None:
    def receive(*, instance: Any, **kwargs: Any) -> None:
        if not isinstance(_find_record(instance), (Event, Series)):
            notifier(instance=instance, **kwargs)
        elif tell is not None:
            tell(instance)

    signal.disconnect(sender=sender, dispatch_uid=dispatch_uid)
    signal.connect(receive, sender=sender, dispatch_uid=dispatch_uid, weak=False)


def _find_record(instance: TaskState | WorkflowState) -> Any:
    state = instance.workflow_state if isinstance(instance, TaskState) else instance
    return state.content_object


def _mail_approval(state: WorkflowState) -> None:
    rows = type(_find_record(state))._default_manager
    moderation_mail.announce_approval(state, record=rows.get(pk=state.object_id))


def _mail_publication(*, instance: Event | Series, **kwargs: Any) -> None:
    # “Publish” pressed on a waiting text approves it without the workflow's word; an
    # approval has ended its workflow by now.
    state = instance.current_workflow_state
    if state is not None:
        moderation_mail.announce_approval(state, record=instance)


def _mail_return(
    *, instance: WorkflowState, user: User | None = None, **kwargs: Any
) -> None:
    record = _find_record(instance)
    if not isinstance(record, (Event, Series)) or user in (None, instance.requested_by):
        return
    if not user.has_perm("events.publish_event"):
        return  # A member took it back.
    if record.is_called_off or (record.live and not record.has_unpublished_changes):
        return  # Ended by what happened to the record itself, which is told elsewhere.
    moderation_mail.announce_return(instance)
