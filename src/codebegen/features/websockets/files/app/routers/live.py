"""The endpoint of live updates, a WebSocket."""

from fastapi import APIRouter, WebSocket

from app.services.live_updates import hub

router = APIRouter()


@router.websocket("/live")
async def live(websocket: WebSocket) -> None:
    """Tell a client what happens, from when it has logged in."""
    await hub.serve(websocket)
