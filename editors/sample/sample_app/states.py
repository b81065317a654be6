"""The states of a firing and the ways between them."""

from sample_app.models import Firing

NEXT = {
    "queued": {"heating", "failed"},
    "heating": {"cooling", "failed"},
    "cooling": {"done"},
    "done": set(),
    "failed": {"queued"},
}


class TransitionError(Exception):
    """A firing cannot go from its state to the one that was asked for."""


def transition(firing: Firing, state: str) -> None:
    if state not in NEXT[firing.state]:
        raise TransitionError(f"firing {firing.id} is {firing.state}, it cannot become {state}")
    firing.state = state
