"""The route class of the API.

It changes two things. A body that is not JSON is refused (422) only after the dependencies had their say, so that 401,
403 and 404 come first. And answers to requests with an ``Idempotency-Key`` are kept, see ``app.core.idempotency``.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Path, Request, Response
from fastapi.routing import APIRoute
from pydantic import AfterValidator
from pydantic_core import from_json

from app.core.errors import NotFound
from app.core.idempotency import Replay, Reservation
from app.core.types import INTEGER_MAX, Numeral



def _storable(row_id: int) -> int:
    """Deny that there is anything with an id that no row can have: it is well formed, and unknown."""
    if not 1 <= row_id <= INTEGER_MAX:
        raise NotFound
    return row_id


PathId = Annotated[
    int, Numeral, AfterValidator(_storable), Path(json_schema_extra={"minimum": 1, "maximum": INTEGER_MAX})
]


class ApiRequest(Request):
    """A request whose malformed body fails in validation, not before."""

    async def json(self) -> Any:
        """Return the decoded body, or its bytes, which no model accepts."""
        body = await self.body()
        try:
            return from_json(body, allow_inf_nan=False)
        except ValueError:
            return body


class ApiRoute(APIRoute):
    """A route that refuses in the right order, and remembers its answers where it is asked to."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler of FastAPI."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            api_request = ApiRequest(request.scope, request.receive)
            if "idempotency-key" in request.headers:
                return await _remember(handler, api_request)
            return await handler(api_request)

        return handle


async def _remember(handler: Callable[[Request], Coroutine[Any, Any, Response]], request: Request) -> Response:
    """Answer from memory, or keep a successful answer."""
    request.state.reservation = None
    try:
        response = await handler(request)
    except Replay as replay:
        return replay.response
    except BaseException:
        await _release(request.state.reservation)
        raise
    reservation: Reservation | None = request.state.reservation
    if reservation is not None:
        await reservation.keep(response)
    return response


async def _release(reservation: Reservation | None) -> None:
    """Free the key of a request that failed."""
    if reservation is not None:
        await reservation.release()
