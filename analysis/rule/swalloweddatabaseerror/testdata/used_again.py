"""What a session is asked for after its flush or commit has failed."""

import logging

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from brewery.db import engine
from brewery.models import Batch, Keg, Note, Recipe

SessionMaker = sessionmaker(engine)
log = logging.getLogger(__name__)


def find_or_make(name):
    with SessionMaker() as session:
        session.add(Recipe(name=name))
        try:
            session.flush()
        except IntegrityError:  # want SES207
            log.info("%s is known", name)
        recipe = session.scalars(select(Recipe).where(Recipe.name == name)).one()
        session.commit()
        return recipe.id


def note_the_failure(batch_id, hops):
    with Session(engine) as session:
        try:
            batch = session.get(Batch, batch_id)
            batch.hops = hops
            session.commit()
        except SQLAlchemyError as error:  # want SES207
            session.add(Note(batch_id=batch_id, text=str(error)))
            session.commit()


def looked_up_in_the_handler(name):
    session = SessionMaker()
    try:
        recipe = Recipe(name=name)
        session.add(recipe)
        try:
            session.commit()
        except IntegrityError:  # want SES207
            known = session.scalar(select(Recipe.id).where(Recipe.name == name))
            session.rollback()
            return known
        return recipe.id
    finally:
        session.close()


def only_the_last_commit(keg_id, place):
    with SessionMaker() as session:
        session.add(Keg(id=keg_id))
        try:
            session.flush()
        except IntegrityError:  # want SES207
            log.info("keg %d is there", keg_id)
        session.execute(update(Keg).where(Keg.id == keg_id).values(place=place))
        session.commit()


def rolled_back_on_one_branch(name):
    with SessionMaker() as session:
        session.add(Recipe(name=name))
        try:
            session.commit()
        except IntegrityError as error:  # want SES207
            if "recipes_name_key" in str(error):
                session.rollback()
        return session.scalar(select(func.count(Recipe.id)))


def committed_in_the_finally(batch_id):
    with SessionMaker() as session:
        session.add(Note(batch_id=batch_id, text="brewed"))
        try:
            session.flush()
        except IntegrityError:  # want SES207
            log.warning("batch %d is noted", batch_id)
        finally:
            session.commit()


def flushed_by_a_query(name):
    with SessionMaker() as session:
        session.add(Recipe(name=name))
        try:
            count = session.scalar(select(func.count(Recipe.id)))
        except IntegrityError:  # want SES207
            count = 0
        session.commit()
        return count


def passed_over(name):
    with SessionMaker() as session:
        session.add(Recipe(name=name))
        try:
            session.commit()
        except Exception:  # want SES207
            pass
        return session.query(Recipe).filter_by(name=name).first()


def closed_next(name):
    with SessionMaker() as session:
        session.add(Recipe(name=name))
        try:
            session.commit()
        except IntegrityError:
            log.info("%s is known", name)


def closed_in_the_finally(name):
    session = SessionMaker()
    try:
        session.add(Recipe(name=name))
        session.commit()
    except SQLAlchemyError:
        log.exception("no recipe")
    finally:
        session.close()


def closed_in_the_handler(name):
    session = SessionMaker()
    session.add(Recipe(name=name))
    try:
        session.commit()
    except SQLAlchemyError:
        session.close()
        with SessionMaker() as other:
            return other.scalar(select(Recipe.id).where(Recipe.name == name))
    session.close()
    return None


def used_in_the_else(name):
    with SessionMaker() as session:
        recipe = Recipe(name=name)
        session.add(recipe)
        try:
            session.commit()
        except IntegrityError:
            log.info("%s is known", name)
        else:
            log.info("made %d of %d", recipe.id, session.scalar(select(func.count(Recipe.id))))


def used_where_it_went_well(name):
    with SessionMaker() as session:
        session.add(Recipe(name=name))
        saved = True
        try:
            session.commit()
        except IntegrityError:
            saved = False
        if saved:
            return session.scalar(select(func.count(Recipe.id)))
        return None


def another_session_is_used(name):
    with SessionMaker() as session, SessionMaker() as notes:
        session.add(Recipe(name=name))
        try:
            session.commit()
        except IntegrityError:
            notes.add(Note(text=f"{name} is known"))
            notes.commit()


def asked_for_nothing(name):
    with SessionMaker() as session:
        session.add(Recipe(name=name))
        try:
            session.flush()
        except IntegrityError:
            log.info("%s: %s, %d", name, session.is_active, len(session.new))
            return None
        session.commit()
        return name
