"""The defects are real: what the README says of each file happens.

Each class is called after the rule that finds its defect, and fails once the
defect is mended.
"""

import logging

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sample_app.db import get_sessionmaker
from sample_app.models import Firing, Kiln, LogEntry, Piece
from tests.studio import StudioTest


class SES101(StudioTest):
    """overview.py: the closed session is used again and keeps a connection."""

    def test_a_connection_stays_out(self) -> None:
        self.handle("GET", "/kilns/{kiln_id}/overview", kiln_id=1)
        self.assertEqual(self.connections_out(), 1)

    def test_the_pool_runs_dry(self) -> None:
        self.handle("GET", "/kilns/{kiln_id}/overview", kiln_id=1)
        self.handle("GET", "/kilns/{kiln_id}/overview", kiln_id=1)
        with self.assertRaises(PoolTimeout):
            self.handle("GET", "/firings")


class SES201(StudioTest):
    """kiln_errors.py: the first commit stands whatever becomes of the rest."""

    def test_half_the_work_stays(self) -> None:
        with self.assertRaises(NoResultFound):
            self.handle("POST", "/kilns/{kiln_id}/error", kiln_id=1, firing_id=9, reason="smoke")
        self.assertEqual(self.column(select(Kiln.status)), ["broken"])
        self.assertEqual(self.column(select(LogEntry.text)), [])

    def test_half_the_work_stays_after_an_unforeseen_error(self) -> None:
        with get_sessionmaker().begin() as session:
            session.get_one(Firing, 1).state = "lost"  # no state that transition() knows
        with self.assertRaises(KeyError):
            self.handle("POST", "/kilns/{kiln_id}/error", kiln_id=1, firing_id=1, reason="smoke")
        self.assertEqual(self.column(select(Kiln.status)), ["broken"])
        self.assertEqual(self.column(select(Firing.state)), ["lost"])


class SES206(StudioTest):
    """heartbeats.py: the write after the begin block is rolled back."""

    def test_the_update_is_lost(self) -> None:
        answer = self.handle("POST", "/kilns/{kiln_id}/heartbeat", kiln_id=1)
        self.assertGreater(answer["seen"], 0)
        self.assertEqual(self.column(select(Kiln.last_seen)), [0.0])


class SES208(StudioTest):
    """pieces.py: the error of the flush is swallowed, and the block loses all."""

    def test_all_is_lost_without_a_word(self) -> None:
        self.handle("POST", "/firings/{firing_id}/pieces", firing_id=1, labels=["a"])
        with self.assertLogs("sample_app", logging.WARNING):
            answer = self.handle("POST", "/firings/{firing_id}/pieces", firing_id=1, labels=["b", "a"])
        self.assertEqual(answer, {"status": "added"})
        self.assertEqual(self.column(select(Piece.label)), ["a"])
        self.assertEqual(self.column(select(Firing.title)), ["Bowls (1 pieces)"])
