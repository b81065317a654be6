"""What the tests share: an empty studio with one kiln and one firing."""

import atexit
import gc
import os
import shutil
import tempfile
import unittest
from typing import Any

_folder = tempfile.mkdtemp(prefix="sample-")
atexit.register(shutil.rmtree, _folder)
# Set before the sample is imported, which reads it once.
os.environ["SAMPLE_DATABASE_URL"] = f"sqlite:///{_folder}/kilns.db"

from sample_app.app import handle  # noqa: E402
from sample_app.db import get_engine, get_sessionmaker  # noqa: E402
from sample_app.models import Base, Firing, Kiln  # noqa: E402


class StudioTest(unittest.TestCase):
    def setUp(self) -> None:
        # A lost session gives its connection back when it is collected, whenever
        # that may be: here, never during a test.
        gc.disable()
        self.addCleanup(gc.enable)
        self.addCleanup(get_engine().dispose)
        Base.metadata.drop_all(get_engine())
        Base.metadata.create_all(get_engine())
        with get_sessionmaker().begin() as session:
            session.add(Kiln(id=1, name="Big Kiln"))
            session.add(Firing(id=1, kiln_id=1, title="Bowls"))
        self.assertEqual(self.connections_out(), 0)

    def handle(self, method: str, path: str, **parameters: Any) -> Any:
        return handle(method, path, **parameters)

    def connections_out(self) -> int:
        return get_engine().pool.checkedout()

    def column(self, query: Any) -> list[Any]:
        """The first column of a query's rows, read with a session of its own."""
        with get_sessionmaker()() as session:
            return list(session.scalars(query))
