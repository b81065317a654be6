"""Every route does its work, with the defects that it may have and without them."""

import logging

from sqlalchemy import select

from sample_app.app import ENDPOINTS
from sample_app.db import get_sessionmaker
from sample_app.models import Firing, Kiln, LogEntry, Piece
from sample_app.router import HTTPError
from sample_app.states import TransitionError
from tests.studio import StudioTest


class Routes(StudioTest):
    def test_firings(self) -> None:
        self.assertEqual(self.handle("POST", "/firings", title="Cups", kiln_id=1), {"id": 2})
        self.assertEqual(
            self.handle("GET", "/firings/{firing_id}", firing_id=2), {"title": "Cups", "state": "queued"}
        )
        titles = [row["title"] for row in self.handle("GET", "/firings")]
        self.assertEqual(titles, ["Bowls", "Cups"])
        self.assertEqual(self.handle("GET", "/firings/count"), {"queued": 2, "heating": 0, "cooling": 0})
        with self.assertRaises(HTTPError):
            self.handle("GET", "/firings/{firing_id}", firing_id=9)
        self.assertEqual(self.connections_out(), 0)

    def test_overview(self) -> None:
        answer = self.handle("GET", "/kilns/{kiln_id}/overview", kiln_id=1)
        self.assertEqual(answer, {"kiln": "Big Kiln", "waiting": ["Bowls"]})
        self.assertGreater(self.column(select(Kiln.last_viewed))[0], 0)

    def test_kiln_error(self) -> None:
        self.handle("POST", "/kilns/{kiln_id}/error", kiln_id=1, firing_id=1, reason="smoke")
        self.assertEqual(self.column(select(Kiln.status)), ["broken"])
        self.assertEqual(self.column(select(Firing.state)), ["failed"])
        self.assertEqual(self.column(select(LogEntry.text)), ["smoke"])
        self.assertEqual(self.connections_out(), 0)

    def test_kiln_error_without_a_way_to_fail(self) -> None:
        with get_sessionmaker().begin() as session:
            session.get_one(Firing, 1).state = "done"
        with self.assertLogs("sample_app", logging.WARNING):
            self.handle("POST", "/kilns/{kiln_id}/error", kiln_id=1, firing_id=1, reason="smoke")
        self.assertEqual(self.column(select(Kiln.status)), ["broken"])
        self.assertEqual(self.column(select(Firing.state)), ["done"])
        self.assertEqual(self.column(select(LogEntry.text)), [])

    def test_heartbeat(self) -> None:
        with get_sessionmaker().begin() as session:
            session.get_one(Kiln, 1).status = "broken"
        self.assertGreater(self.handle("POST", "/kilns/{kiln_id}/heartbeat", kiln_id=1)["seen"], 0)
        self.assertEqual(self.column(select(Kiln.status)), ["idle"])
        self.assertEqual(self.column(select(LogEntry.text)), ["Big Kiln is back"])
        self.assertEqual(self.connections_out(), 0)

    def test_pieces(self) -> None:
        self.handle("POST", "/firings/{firing_id}/pieces", firing_id=1, labels=["a", "b"])
        self.assertEqual(self.handle("GET", "/firings/{firing_id}/pieces", firing_id=1), ["a", "b"])
        self.assertEqual(self.column(select(Firing.title)), ["Bowls (2 pieces)"])
        self.assertEqual(self.connections_out(), 0)

    def test_claims(self) -> None:
        self.assertEqual(self.handle("POST", "/kilns/{kiln_id}/claim", kiln_id=1), {"firing": 1})
        self.assertEqual(self.column(select(Kiln.status)), ["busy"])
        self.assertEqual(self.handle("POST", "/kilns/{kiln_id}/claim", kiln_id=1), {"firing": None})
        self.assertEqual(self.column(select(Kiln.status)), ["idle"])
        self.handle("POST", "/firings/{firing_id}/cool", firing_id=1)
        self.assertEqual(self.column(select(Firing.state)), ["cooling"])
        with self.assertRaises(TransitionError):
            self.handle("POST", "/firings/{firing_id}/cool", firing_id=1)
        self.assertEqual(self.connections_out(), 0)

    def test_exports(self) -> None:
        self.handle("POST", "/imports/notes", texts=["one", "two"])
        self.assertEqual(self.handle("GET", "/exports/kilns"), ["1;Big Kiln;idle"])
        self.assertEqual(self.handle("GET", "/exports/log"), ["one", "two"])
        self.assertEqual(self.connections_out(), 0)

    def test_cleanup(self) -> None:
        for title in ("Cups", "Plates"):
            self.handle("POST", "/firings", title=title, kiln_id=1)
        self.assertEqual(self.handle("GET", "/cleanup/preview", state="queued"), {"left": 0})
        self.assertEqual(len(self.column(select(Firing.id))), 3)
        self.assertEqual(self.handle("POST", "/cleanup", state="queued", batch=2), {"removed": 3})
        self.assertEqual(self.column(select(Firing.id)), [])
        self.assertEqual(self.connections_out(), 0)

    def test_imports(self) -> None:
        answer = self.handle("POST", "/imports/pieces", firing_id=1, labels=["a", "b", "a"])
        self.assertEqual(answer, {"refused": ["a"]})
        self.assertEqual(self.column(select(Piece.label).order_by(Piece.id)), ["a", "b"])
        self.handle("POST", "/notes", text="by hand")
        self.assertEqual(self.column(select(LogEntry.text)), ["2 pieces came", "by hand"])
        self.assertEqual(self.connections_out(), 0)

    def test_glazes(self) -> None:
        self.assertEqual(self.handle("POST", "/glazes/{name}/order", name="celadon")["glaze"], "in stock")

    def test_there_are_no_other_routes(self) -> None:
        self.assertEqual(len(ENDPOINTS), 19, "a new route needs a test here")
