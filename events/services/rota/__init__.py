"""Whose turn it is: the order of hosts of a series, and dates that change hands.

A *slot* is what a host takes: a date of the series, or a month whose day is not fixed
yet. The order gives each slot its host; people change single slots, and the order goes
on around what they decided (``events.domain.rota`` says how). An extra date
(``20260409+1``) takes nobody's turn.

What is stored on a slot: ``host`` who holds it, ``rota_host`` whose place in the order
it uses up, ``host_is_chosen`` when a person decided. By hand:

- *I take this date*: another host, the same place. Nobody else's date moves; who had
  it comes again in the next round;
- *skip*: the next host takes over and uses up their own place, so that those after
  them come one slot earlier;
- *swap*: two hosts exchange slots, places stay;
- *hand over*: as taking, for a space that the keepers choose, in the rota or not;
- *leave*: slots to come go to the next hosts; swaps with who left are undone.

Taking, skipping and swapping are done at once, without a yes from the other side:
a request that waits for an answer is a date that nobody holds. Instead the
keepers choose who is in the rota, every change is written to the members of both
spaces and logged, and the other side takes its date back with the same button. Each
action names the host that the person saw: of two people at once the second is told.

*Keepers* are those who speak for the usual host of the series, and the moderators.
"""

from __future__ import annotations

from events.services.rota.hosts import (
    accept_volunteer,
    carry_rota,
    decline_volunteer,
    join_rota,
    leave_rota,
    reorder_hosts,
)
from events.services.rota.plan import HandOver, Slot, find_slot, list_slots, plan_rota
from events.services.rota.reminders import remind_hosts
from events.services.rota.slots import hand_over, skip_turn, swap_hosts, take_date
from events.services.rota.speaking import is_keeper
from events.services.rota.turns import fix_turn, plan_all_turns, plan_turns

__all__ = [
    "HandOver",
    "Slot",
    "accept_volunteer",
    "carry_rota",
    "decline_volunteer",
    "find_slot",
    "fix_turn",
    "hand_over",
    "is_keeper",
    "join_rota",
    "leave_rota",
    "list_slots",
    "plan_all_turns",
    "plan_rota",
    "plan_turns",
    "remind_hosts",
    "reorder_hosts",
    "skip_turn",
    "swap_hosts",
    "take_date",
]
