"""What the service keeps: kilns, their firings, the pieces in them, and a log."""

from typing import Optional

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Kiln(Base):
    __tablename__ = "kiln"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    status: Mapped[str] = mapped_column(default="idle")
    last_seen: Mapped[float] = mapped_column(default=0.0)
    last_viewed: Mapped[float] = mapped_column(default=0.0)


class Firing(Base):
    __tablename__ = "firing"

    id: Mapped[int] = mapped_column(primary_key=True)
    kiln_id: Mapped[Optional[int]] = mapped_column(ForeignKey("kiln.id"))
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default="queued")


class Piece(Base):
    __tablename__ = "piece"

    id: Mapped[int] = mapped_column(primary_key=True)
    firing_id: Mapped[int] = mapped_column(ForeignKey("firing.id"))
    label: Mapped[str] = mapped_column(unique=True)


class LogEntry(Base):
    __tablename__ = "log_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    firing_id: Mapped[Optional[int]] = mapped_column(ForeignKey("firing.id"))
    text: Mapped[str]
