from sqlalchemy.orm import Session


def note(session: Session, task_id, text):
    session.add(Event(task_id=task_id, text=text))
    session.commit()
