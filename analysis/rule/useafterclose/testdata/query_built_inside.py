"""A Query runs when it is consumed, wherever it was built."""

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from press.db import engine
from press.models import Article, Author, Issue

Session = sessionmaker(bind=engine)


def articles_of(author_id):
    with Session() as session:
        query = session.query(Article).filter(Article.author_id == author_id)
    return query.all()  # want SES101


def titles_of(author_id):
    with Session() as session:
        query = session.query(Article).filter(Article.author_id == author_id)
    for article in query:  # want SES101
        yield article.title


def how_many(issue_id):
    with Session() as session:
        articles = session.query(Article)
        if issue_id is not None:
            articles = articles.filter(Article.issue_id == issue_id)
    return articles.count()  # want SES101


def first_page(author_id):
    with Session() as session:
        query = session.query(Article).order_by(Article.id)
    page = query[:20]  # want SES101
    return page, author_id


def as_list():
    with Session() as session:
        authors = session.query(Author).order_by(Author.name)
    return list(authors)  # want SES101


def names():
    with Session() as session:
        authors = session.query(Author)
    return sorted(a.name for a in authors)  # want SES101


def mapping():
    with Session() as session:
        authors = session.query(Author)
    return {a.id: a.name for a in authors}  # want SES101


def renamed(author_id):
    with Session() as session:
        base = session.query(Author)
        mine = base.filter_by(id=author_id)
    found = mine.one_or_none()  # want SES101
    return found and found.name


def built_after(author_id):
    with Session() as session:
        author = session.get(Author, author_id)
    query = session.query(Article).filter(Article.author_id == author.id)
    return query.first()  # want SES101


def retire(author_id):
    with Session() as session:
        query = session.query(Author).filter(Author.id == author_id)
    query.update({"retired": True})  # want SES101


def only_built():
    with Session() as session:
        query = session.query(Article)
    session.query(Author).filter(Author.retired)
    return query.subquery()


def run_inside(author_id):
    with Session() as session:
        query = session.query(Article).filter(Article.author_id == author_id)
        return query.all()


def a_statement_is_no_query(author_id):
    with Session() as session:
        author = session.get(Author, author_id)
        statement = select(Article).where(Article.author_id == author.id)
    return statement.limit(10)


def a_statement_for_another(author_id):
    with Session() as session:
        statement = select(Issue).join(Article).where(Article.author_id == author_id)
        n = len(session.scalars(statement).all())
    with Session() as other:
        return n, other.scalars(statement).first()


def rebuilt_on_another(author_id):
    with Session() as session:
        query = session.query(Article).filter(Article.author_id == author_id)
    with Session() as session:
        query = session.query(Article).filter(Article.author_id == author_id)
        return query.all()
