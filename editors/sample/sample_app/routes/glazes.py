"""Glazes come from a supplier. Nothing is wrong here: this session is no database's."""

from sample_app.http_client import Session
from sample_app.router import Router

router = Router()


@router.post("/glazes/{name}/order")
def order(name: str) -> dict[str, str]:
    with Session() as session:
        stock = session.get(f"/glazes/{name}")
        session.commit()
        session.get("/basket")
        session.commit()
    return {"glaze": stock["status"], "receipt": session.get("/receipt")["path"]}
