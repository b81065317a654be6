"""A session that was handed in is refused to its owner as well."""

from fastapi import APIRouter, Depends, HTTPException
from flask import Flask, flash, redirect
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from club.db import get_async_db, get_db
from club.models import Member, Team

router = APIRouter()
app = Flask(__name__)
db = SQLAlchemy(app)


def join(session: Session, name):
    session.add(Member(name=name))
    try:
        session.flush()
    except IntegrityError:  # want SES207
        print(f"{name} is a member")
    return session.scalars(select(Member).where(Member.name == name)).one()


@router.post("/teams")
def make_team(name: str, session: Session = Depends(get_db)):
    session.add(Team(name=name))
    try:
        session.commit()
    except IntegrityError:  # want SES207
        pass
    return session.scalar(select(Team.id).where(Team.name == name))


@router.post("/members")
async def make_member(name: str, session: AsyncSession = Depends(get_async_db)):
    session.add(Member(name=name))
    try:
        await session.commit()
    except IntegrityError:  # want SES207
        print(f"{name} is a member")
    return await session.scalar(select(Member.id).where(Member.name == name))


class Members:
    def __init__(self, session: Session):
        self.session = session

    def get_or_create(self, name):
        self.session.add(Member(name=name))
        try:
            self.session.commit()
        except IntegrityError:  # want SES207
            return self.session.scalars(select(Member).where(Member.name == name)).one()
        return None

    def create(self, name):
        self.session.add(Member(name=name))
        try:
            self.session.commit()
        except IntegrityError:
            self.session.rollback()
            return self.session.scalars(select(Member).where(Member.name == name)).one()
        return None

    def save(self, member):
        try:
            self.session.add(member)
            self.session.commit()
        except Exception:
            self.session.rollback()
            raise


@app.post("/join/<name>")
def join_page(name):
    db.session.add(Member(name=name))
    try:
        db.session.commit()
    except IntegrityError:  # want SES207
        flash("You are a member.")
    return {"members": db.session.scalars(select(Member.name)).all()}


@app.post("/leave/<name>")
def leave_page(name):
    try:
        member = db.session.scalars(select(Member).where(Member.name == name)).one()
        db.session.delete(member)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        flash("You lead a team.")
    return {"members": db.session.scalars(select(Member.name)).all()}


@app.post("/teams/<name>")
def team_page(name):
    db.session.add(Team(name=name))
    try:
        db.session.commit()
    except IntegrityError:
        flash("There is such a team.")
    return redirect("/teams")


@router.put("/teams/{team_id}")
def rename(team_id: int, name: str, session: Session = Depends(get_db)):
    session.get(Team, team_id).name = name
    try:
        session.commit()
    except IntegrityError:
        raise HTTPException(409)
    return session.get(Team, team_id)


def leave(session: Session, member):
    session.delete(member)
    try:
        session.flush()
    except IntegrityError:
        return False
    return True


def join_all(session: Session, names):
    for name in names:
        try:
            with session.begin_nested():
                session.add(Member(name=name))
                session.flush()
        except IntegrityError:
            print(f"{name} is a member")
    return session.scalars(select(Member.name)).all()
