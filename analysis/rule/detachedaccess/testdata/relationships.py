"""Relationships, as the mapped classes of the file say that they are loaded."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    sessionmaker,
    subqueryload,
)

from league.db import engine

SessionLocal = sessionmaker(engine)
Keeping = sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "teams"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    players: Mapped[list["Player"]] = relationship(back_populates="team")
    grounds: Mapped[list["Ground"]] = relationship(lazy="selectin")
    coach: Mapped["Coach"] = relationship(lazy="joined")
    songs: Mapped[list["Song"]] = relationship(lazy="dynamic")
    sponsors: Mapped[list["Sponsor"]] = relationship(lazy="raise")


class Player(Base):
    __tablename__ = "players"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    team: Mapped[Team] = relationship(back_populates="players")
    injuries = relationship("Injury", lazy="select")


class Ground(Base):
    __tablename__ = "grounds"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))


class Coach(Base):
    __tablename__ = "coaches"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))


class Song(Base):
    __tablename__ = "songs"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))


class Sponsor(Base):
    __tablename__ = "sponsors"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))


class Injury(Base):
    __tablename__ = "injuries"
    id: Mapped[int] = mapped_column(primary_key=True)
    player_id: Mapped[int] = mapped_column(ForeignKey("players.id"))


def squad(team_id):
    with SessionLocal() as session:
        team = session.get(Team, team_id)
    return [player.name for player in team.players]  # want SES302


def team_of(player_id):
    with SessionLocal() as session:
        player = session.scalars(select(Player).where(Player.id == player_id)).one()
    return player.team.name  # want SES302


def sizes():
    with SessionLocal() as session:
        teams = session.query(Team).all()
    return {team.name: len(team.players) for team in teams}  # want SES302


def kept_columns_only(name):
    with Keeping() as session:
        team = Team(name=name)
        session.add(team)
        session.commit()
    return team.id, team.players  # want SES302


def refresh_loads_columns_only(team_id):
    with SessionLocal() as session:
        team = session.get(Team, team_id)
        team.name = team.name.title()
        session.commit()
        session.refresh(team)
    return team.name, len(team.players)  # want SES302


def loaded_and_expired(team_id):
    with SessionLocal() as session:
        team = session.get(Team, team_id)
        team.name = team.name.title()
        session.commit()
    return len(team.grounds)  # want SES302


def one_level_too_deep(team_id):
    with SessionLocal() as session:
        team = session.scalars(select(Team).where(Team.id == team_id).options(selectinload(Team.players))).one()
    return sum(len(player.injuries) for player in team.players)


def the_wrong_one_is_loaded(player_id):
    with SessionLocal() as session:
        player = session.get(Player, player_id, options=[selectinload(Player.injuries)])
    return len(player.injuries), player.team


def selected(team_id):
    with SessionLocal() as session:
        team = session.scalars(select(Team).where(Team.id == team_id).options(selectinload(Team.players))).one()
    return [player.name for player in team.players]


def joined(player_id):
    with SessionLocal() as session:
        player = session.scalars(select(Player).options(joinedload(Player.team)).where(Player.id == player_id)).one()
    return player.team.name


def two_levels_deep(team_id):
    with SessionLocal() as session:
        query = select(Team).options(selectinload(Team.players).subqueryload(Player.injuries))
        team = session.scalars(query.where(Team.id == team_id)).one()
    return sum(len(player.injuries) for player in team.players)


def by_options_of_get(team_id):
    with Session(engine) as session:
        team = session.get(Team, team_id, options=[subqueryload(Team.players)])
    return len(team.players)


def by_options_of_a_query():
    with SessionLocal() as session:
        teams = session.query(Team).options(selectinload(Team.players)).all()
    return {team.name: len(team.players) for team in teams}


def always_loaded(team_id):
    with SessionLocal() as session:
        team = session.get(Team, team_id)
    return team.coach.name, len(team.grounds)


def touched_inside(team_id):
    with SessionLocal() as session:
        team = session.get(Team, team_id)
        count = len(team.players)
    return count, [player.name for player in team.players]


def looped_inside(team_id):
    with SessionLocal() as session:
        team = session.get(Team, team_id)
        for player in team.players:
            print(player.name)
    return team.players


def refreshed_by_name(team_id):
    with Keeping() as session:
        team = session.get(Team, team_id)
        session.refresh(team, attribute_names=["players"])
    return team.players


def a_foreign_key_is_a_column(player_id):
    with SessionLocal() as session:
        player = session.get(Player, player_id)
    return player.team_id


def set_by_the_program(name):
    with Keeping() as session:
        team = Team(name=name, players=[])
        captain = Player(name="Jo", team=team)
        session.add(captain)
        session.commit()
    return captain.team.name, team.players


def kept_and_loaded(team_id):
    with Keeping() as session:
        team = session.get(Team, team_id)
        team.name = team.name.title()
        session.commit()
    return team.name, team.coach.name


def a_dynamic_one_is_a_query(team_id):
    # Without a session it is empty, and says so in a warning of its own.
    with SessionLocal() as session:
        team = session.get(Team, team_id)
    return team.songs


def never_loads_by_itself(team_id):
    # It raises with a session as well: its class says so.
    with SessionLocal() as session:
        team = session.get(Team, team_id)
    return team.sponsors


def of_an_unsaved_one(name):
    return Team(name=name).players


def of_the_class():
    return select(Team).join(Team.players).where(Player.team.has(name="Rovers"))


def read_of_the_caller_s(session: Session, team_id):
    team = session.get(Team, team_id)
    return [player.name for player in team.players]
