"""The service: the routes of all modules in the folder routes."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Callable

from sample_app import routes

ENDPOINTS: dict[tuple[str, str], Callable[..., Any]] = {}
for module in iter_modules(routes.__path__, routes.__name__ + "."):
    ENDPOINTS.update(import_module(module.name).router.endpoints)


def handle(method: str, path: str, **parameters: Any) -> Any:
    """Answer a request, such as handle("GET", "/kilns/{kiln_id}", kiln_id=1)."""
    return ENDPOINTS[method, path](**parameters)
