"""One piece of work in two transactions, or in more."""

from sqlalchemy import insert, update
from sqlalchemy.orm import Session, sessionmaker

from bank.db import engine
from bank.models import Account, Entry, Notice, Transfer

SessionMaker = sessionmaker(engine)


def transfer(source_id, target_id, amount):
    with SessionMaker() as session:
        session.get(Account, source_id).balance -= amount
        session.commit()
        session.get(Account, target_id).balance += amount
        session.commit()  # want SES201


def open_account(owner):
    with Session(engine) as session:
        account = Account(owner=owner)
        session.add(account)
        session.commit()
        session.add(Entry(account_id=account.id, text="opened"))
        session.commit()  # want SES201
        return account.id


def close_account(account_id):
    session = SessionMaker()
    try:
        account = session.get(Account, account_id)
        account.state = "closing"
        session.commit()
        session.execute(update(Entry).where(Entry.account_id == account_id).values(archived=True))
        session.commit()  # want SES201
        session.delete(account)
        session.commit()
    finally:
        session.close()


def close_by_hand(account_id):
    session = SessionMaker()  # want SES102 warning
    session.add(Notice(account_id=account_id, text="closing"))
    session.commit()
    session.add(Entry(account_id=account_id, text="closed"))
    session.commit()  # want SES201
    session.close()


def import_entries(rows):
    with SessionMaker() as session:
        session.execute(insert(Entry), rows)
        session.commit()
        session.query(Account).filter(Account.balance < 0).update({"state": "overdrawn"})
        session.commit()  # want SES201


def freeze(account_id):
    with SessionMaker() as session:
        account = session.get(Account, account_id)
        account.state = "frozen"
        session.commit()
        account.freeze_cards()
        session.add(Notice(account_id=account_id, text="frozen"))
        session.commit()  # want SES201


def unfreeze(account_id, mail):
    with SessionMaker() as session:
        account = session.get(Account, account_id)
        account.state = "open"
        session.commit()
        mail.send(account.owner, "Your account is open again")
        account.told = True
        session.commit()  # want SES201


def removed_and_merged(account):
    with SessionMaker() as session:
        session.query(Account).filter_by(id=account.id).delete()
        session.commit()
        session.merge(account)
        session.commit()  # want SES201


def renamed_session(account_id):
    with SessionMaker() as session:
        db = session
        db.add(Notice(account_id=account_id))
        db.commit()
        session.add(Entry(account_id=account_id))
        session.commit()  # want SES201


def of_other_objects(account_id, text):
    with SessionMaker() as session:
        account = session.get(Account, account_id)
        for card in account.cards:
            card.blocked = True
        session.commit()
        account.notices.append(Notice(text=text))
        session.commit()  # want SES201


def in_one(source_id, target_id, amount):
    with SessionMaker() as session:
        session.get(Account, source_id).balance -= amount
        session.get(Account, target_id).balance += amount
        session.commit()


def flush_between(owner):
    with SessionMaker() as session:
        account = Account(owner=owner)
        session.add(account)
        session.flush()
        session.add(Entry(account_id=account.id, text="opened"))
        session.commit()


def committed_twice_by_mistake(transfer_id):
    # The second commit has nothing to make durable.
    with SessionMaker() as session:
        session.get(Transfer, transfer_id).state = "done"
        session.commit()
        session.commit()
