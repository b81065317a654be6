"""Where nothing but a name says that it is a session, it is a warning."""

from .database import SessionLocal
from .models import Song


def by_name(song_id):
    with SessionLocal() as session:
        song = session.get(Song, song_id)
    session.add(Song(title=song.title))  # want SES101 warning


def in_its_block(song_id):
    with SessionLocal() as session:
        return session.get(Song, song_id)
