"""Who hosts which turn of a series, in an order that everybody can foresee.

Hosts come one after the other, in the order given, round after round. What a person
decided stands, and the order goes on around it:

- a turn that someone *takes* uses up the place of whoever would have hosted it, who
  comes again in the next round: nobody else notices, and the taker keeps their own;
- two turns *swapped* use up both places: nobody else notices;
- a host who is *passed over* once waits for the next round;
- a *cancelled* turn keeps its host and uses up their place: nobody else's turn moves;
- a host who is not there yet, or no longer, is passed over;
- a turn that has begun keeps the host it has.

The caller keeps what a turn holds and plans again when anything changes: planning
twice gives the same turns.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from .errors import TurnNotHeld

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Host(Generic[Key]):
    """One who hosts in their turn, from `joined_on` until the eve of `left_on`."""

    key: Key
    joined_on: date | None = None
    left_on: date | None = None

    def is_there(self, day: date) -> bool:
        joined = self.joined_on is None or self.joined_on <= day
        return joined and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True, kw_only=True)
class Turn(Generic[Key]):
    """One date to host, or a month whose date is still to be found."""

    day: date
    """The first day of the month for a `whole_month`."""
    whole_month: bool = False
    host: Key | None = None
    """Who hosts it; None while nobody was found."""
    place_of: Key | None = None
    """Whose place in the order it uses up; None when it uses up nobody's."""
    fixed: bool = False
    """A person chose the host: planning leaves it."""
    cancelled: bool = False
    passed_over: frozenset[Key] = frozenset()
    """Who does not host this one, whether or not their time has come."""

    @property
    def last_day(self) -> date:
        if not self.whole_month:
            return self.day
        return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])


def plan(
    hosts: Sequence[Host[Key]], turns: Iterable[Turn[Key]], today: date
) -> list[Turn[Key]]:
    """Return `turns` in the order given, that of their days, each with its host.

    `hosts` are in the order of the rota, those who left included: without them the
    rota would not know whose turn follows theirs. Whoever joins belongs at the end.
    A turn stays without a host when nobody is there or everybody is passed over.
    """
    planned: list[Turn[Key]] = []
    last: Key | None = None
    for turn in turns:
        if not _is_settled(turn, today):
            following = _find_next(hosts, last, turn)
            turn = replace(turn, host=following, place_of=following)
        if any(host.key == turn.place_of for host in hosts):
            last = turn.place_of
        planned.append(turn)
    return planned


def take(turn: Turn[Key], key: Key) -> Turn[Key]:
    """Return `turn` hosted by `key`, who offered to or was asked to.

    The turns around it do not move. One that comes back to the host whose place it is
    follows the order again. `key` may be someone outside the rota.

    Raises:
        TurnNotHeld: the turn is cancelled.
    """
    if turn.cancelled:
        raise TurnNotHeld(turn.day)
    return replace(turn, host=key, fixed=key != turn.place_of)


def pass_over(turn: Turn[Key], key: Key) -> Turn[Key]:
    """Return `turn` to be planned without `key`, who hosts it no longer if they did.

    Raises:
        TurnNotHeld: the turn is cancelled.
    """
    if turn.cancelled:
        raise TurnNotHeld(turn.day)
    passed_over = turn.passed_over | {key}
    if turn.host == key:
        return replace(_give_back(turn), passed_over=passed_over)
    return replace(turn, passed_over=passed_over)


def swap(first: Turn[Key], second: Turn[Key]) -> tuple[Turn[Key], Turn[Key]]:
    """Return both turns with their hosts exchanged; neither may be over.

    Each still uses up the place that it did: the turns around them do not move. A
    turn that comes back to the host whose place it is follows the order again.

    Raises:
        TurnNotHeld: one of them is cancelled or has no host.
    """
    for turn in (first, second):
        if turn.cancelled or turn.host is None:
            raise TurnNotHeld(turn.day)
    return (
        replace(first, host=second.host, fixed=second.host != first.place_of),
        replace(second, host=first.host, fixed=first.host != second.place_of),
    )


def release(turns: Iterable[Turn[Key]], key: Key, left_on: date) -> list[Turn[Key]]:
    """Return `turns` where `key`, who leaves on `left_on`, hosts none from then on.

    Theirs are left to the next planning. One that somebody hosts in exchange for a
    turn of `key`'s now uses up the place of that somebody.
    """
    released = []
    for turn in turns:
        if turn.last_day >= left_on and not turn.cancelled:
            if turn.host == key:
                turn = _give_back(turn)
            elif turn.place_of == key:
                turn = replace(turn, place_of=turn.host)
        released.append(turn)
    return released


def _give_back(turn: Turn[Key]) -> Turn[Key]:
    return replace(turn, host=None, place_of=None, fixed=False)


def _is_settled(turn: Turn[Key], today: date) -> bool:
    """Tell what planning leaves alone: it is over, or begun, chosen or cancelled."""
    if turn.last_day < today:
        return True
    return turn.host is not None and (turn.fixed or turn.cancelled or turn.day <= today)


def _find_next(
    hosts: Sequence[Host[Key]], last: Key | None, turn: Turn[Key]
) -> Key | None:
    """Return the first host after `last` in the round who is there for `turn`."""
    keys = [host.key for host in hosts]
    start = keys.index(last) + 1 if last in keys else 0
    for host in (*hosts[start:], *hosts[:start]):
        if host.key not in turn.passed_over and host.is_there(turn.last_day):
            return host.key
    return None
