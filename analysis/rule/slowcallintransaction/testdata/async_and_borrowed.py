"""Calls that are awaited, and sessions of a request."""

import asyncio

import aiohttp
import httpx
import requests
from fastapi import APIRouter, Depends, HTTPException
from flask_sqlalchemy import SQLAlchemy
from openai import AsyncOpenAI
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

from shop.db import get_async_db, get_db
from shop.models import Item, Order

router = APIRouter()
db = SQLAlchemy()
engine = create_engine("postgresql+psycopg://localhost/shop")
async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://localhost/shop"), expire_on_commit=False)
llm = AsyncOpenAI()


async def waited(order_id):
    async with async_session() as session:
        order = await session.get(Order, order_id)
        await asyncio.sleep(5)  # want SES210
        order.state = "late"
        await session.commit()


async def fetched(item_id):
    async with async_session() as session, aiohttp.ClientSession() as http:
        item = await session.get(Item, item_id)
        async with http.get(item.url) as response:  # want SES210
            item.page = await response.text()
        await session.commit()


async def posted(order_id):
    async with httpx.AsyncClient() as client:
        async with async_session() as session:
            order = await session.get(Order, order_id)
            response = await client.post("https://pay.example/charges", json={"sum": order.sum})  # want SES210
            order.paid = response.is_success
            await session.commit()


async def described(item_id):
    async with async_session() as session:
        item = await session.get(Item, item_id)
        answer = await llm.chat.completions.create(model="small", messages=[{"role": "user", "content": item.name}])  # want SES210
        item.text = answer.choices[0].message.content
        await session.commit()


async def in_a_subprocess(item_id):
    async with async_session() as session:
        item = await session.get(Item, item_id)
        process = await asyncio.create_subprocess_exec("convert", item.path)  # want SES210
        item.code = await process.wait()
        await session.commit()


@router.post("/orders/{order_id}/pay")
async def pay(order_id: int, session: AsyncSession = Depends(get_async_db)):
    order = await session.get(Order, order_id)
    if order is None:
        raise HTTPException(404)
    async with httpx.AsyncClient() as client:
        response = await client.post("https://pay.example/charges", json={"sum": order.sum})  # want SES210
    order.paid = response.is_success
    await session.commit()


@router.post("/orders/{order_id}/cancel")
def cancel(order_id: int, session: Session = Depends(get_db)):
    order = session.get(Order, order_id)
    requests.delete(f"https://pay.example/charges/{order.charge}", timeout=30)  # want SES210
    order.state = "cancelled"
    session.commit()


def with_flask(order_id):
    order = db.session.get(Order, order_id)
    requests.post("https://mail.example/send", json={"to": order.mail}, timeout=30)  # want SES210
    order.told = True
    db.session.commit()


class Orders:
    def __init__(self, session: Session):
        self.session = session

    def ship(self, order_id):
        order = self.session.get(Order, order_id)
        order.parcel = requests.post("https://post.example/parcels", timeout=30).json()["id"]  # want SES210
        self.session.commit()

    def label(self, order_id):
        parcel = requests.post("https://post.example/labels", timeout=30).json()
        self.session.get(Order, order_id).label = parcel["label"]
        self.session.commit()


def on_a_connection(order_id):
    with engine.begin() as connection:
        url = connection.execute(text("SELECT url FROM orders WHERE id = :id"), {"id": order_id}).scalar_one()
        state = requests.get(url, timeout=30).json()["state"]  # want SES210
        connection.execute(text("UPDATE orders SET state = :state WHERE id = :id"), {"state": state, "id": order_id})


async def waited_before(order_id):
    async with async_session() as session:
        await asyncio.sleep(5)
        order = await session.get(Order, order_id)
        order.state = "late"
        await session.commit()


async def fetched_after_the_commit(item_id):
    async with async_session() as session, aiohttp.ClientSession() as http:
        item = await session.get(Item, item_id)
        item.state = "loading"
        await session.commit()
        async with http.get(item.url) as response:
            page = await response.text()
        item.page = page
        await session.commit()  # want SES201


async def fetched_between_two_sessions(item_id):
    async with async_session() as session:
        url = await session.scalar(select(Item.url).where(Item.id == item_id))
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        page = await response.text()
    async with async_session.begin() as session:
        item = await session.get(Item, item_id)
        item.page = page


@router.post("/orders")
async def order(sum: int, session: AsyncSession = Depends(get_async_db)):
    async with httpx.AsyncClient() as client:
        response = await client.post("https://pay.example/charges", json={"sum": sum})
    session.add(Order(sum=sum, charge=response.json()["id"]))
    await session.commit()


@router.get("/orders/{order_id}/state")
def state(order_id: int, session: Session = Depends(get_db)):
    url = session.scalar(select(Order.url).where(Order.id == order_id))
    session.close()
    return requests.get(url, timeout=30).json()


async def with_no_session(url):
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as first:
            text = await first.text()
        await asyncio.sleep(1)
        async with session.post(url, data=text) as second:
            return second.status


def before_the_connection(rows, url):
    prices = requests.get(url, timeout=30).json()
    with engine.begin() as connection:
        connection.execute(insert(Item), [{**row, "price": prices[row["name"]]} for row in rows])


def begun_after_the_call(rows, url):
    with Session(engine) as session:
        prices = requests.get(url, timeout=30).json()
        with session.begin():
            session.execute(insert(Item), [{**row, "price": prices[row["name"]]} for row in rows])
