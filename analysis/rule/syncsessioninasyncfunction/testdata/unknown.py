"""Sessions of unknown kind, and of none."""

import asyncio

import httpx
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy import select

from quarry.db import open_session
from quarry.models import Stone


async def of_an_unknown_kind(session):
    return session.execute(select(Stone))


async def of_both_kinds(session: Session | AsyncSession):
    if isinstance(session, AsyncSession):
        return await session.scalar(select(Stone))
    return await asyncio.to_thread(session.scalar, select(Stone))


async def of_another_library():
    async with httpx.AsyncClient() as session:
        return await session.get("https://quarry.example/stones")


async def opened():
    async with open_session() as session:
        return await session.get(Stone, 1)


async def weighed(session: Session):
    stones = session.scalars(select(Stone)).all()  # want SES404
    return sum(stone.weight for stone in stones)
