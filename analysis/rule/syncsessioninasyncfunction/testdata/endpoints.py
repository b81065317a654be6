"""Endpoints of a web application, on the event loop and beside it."""

import asyncio

from fastapi import APIRouter, Depends, HTTPException
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, sessionmaker

from pool.db import engine, get_async_session, get_session
from pool.models import Lane, Swimmer

router = APIRouter()
SessionLocal = sessionmaker(engine)


@router.get("/lanes")
async def lanes(session: Session = Depends(get_session)):
    return session.scalars(select(Lane)).all()  # want SES404


@router.get("/lanes/{lane_id}")
async def lane(lane_id: int, session: Session = Depends(get_session)):
    found = session.get(Lane, lane_id)  # want SES404
    if found is None:
        raise HTTPException(404)
    return {"lane": found.name, "swimmers": session.scalar(select(func.count(Swimmer.id)))}


@router.post("/swimmers")
async def swim(name: str, session: Session = Depends(get_session)):
    swimmer = Swimmer(name=name)
    session.add(swimmer)
    session.commit()  # want SES404
    return name


@router.get("/swimmers")
async def swimmers(session: Session = Depends(get_session)):
    query = session.query(Swimmer).order_by(Swimmer.name)
    return query.all()  # want SES404


@router.get("/swimmers/count")
async def count_swimmers():
    with SessionLocal() as session:
        return {"swimmers": session.scalar(select(func.count(Swimmer.id)))}  # want SES404


@router.put("/swimmers/{swimmer_id}")
async def rename(swimmer_id: int, name: str):
    with SessionLocal.begin() as session:
        session.get(Swimmer, swimmer_id).name = name  # want SES404


@router.get("/plain/lanes")
def plain_lanes(session: Session = Depends(get_session)):
    # The framework runs plain functions in threads.
    return session.scalars(select(Lane)).all()


@router.get("/async/lanes")
async def async_lanes(session: AsyncSession = Depends(get_async_session)):
    return (await session.scalars(select(Lane))).all()


def lane_names(session: Session):
    return session.scalars(select(Lane.name)).all()


@router.get("/names")
async def names(session: Session = Depends(get_session)):
    return await run_in_threadpool(lane_names, session)


@router.get("/names/sorted")
async def sorted_names(session: Session = Depends(get_session)):
    found = await asyncio.to_thread(lane_names, session)
    return sorted(found)


@router.get("/names/first")
async def first_name(session: Session = Depends(get_session)):
    return await asyncio.to_thread(lambda: session.scalar(select(Lane.name)))


@router.get("/names/passed")
async def passed_uncalled(session: Session = Depends(get_session)):
    return await asyncio.to_thread(session.scalar, select(func.count(Lane.id)))


@router.get("/lanes/count")
async def count_lanes():
    def count():
        with SessionLocal() as session:
            return session.scalar(select(func.count(Lane.id)))

    return await run_in_threadpool(count)


@router.get("/lanes/executor")
async def by_an_executor(session: Session = Depends(get_session)):
    return await asyncio.get_running_loop().run_in_executor(None, lane_names, session)
