"""Whether the server lives, and whether it can do its work: for load balancers and those on call."""

from datetime import timedelta
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get
from litestar.openapi import ResponseSpec
from msgspec import Meta

from backend.api.answers import AnyRequest, told
from base import clock, database, leases, logs

WORKER = "worker"
"""The lease that the worker renews while it lives."""

WORKER_PATIENCE = timedelta(seconds=30)
"""A worker that has not been heard of for longer counts as dead."""

log = logs.get(__name__)


class Health(msgspec.Struct):
    """One word on each thing that was looked at."""

    status: Annotated[Literal["ok", "failing"], Meta(description="All in one word.", examples=["ok"])]
    database: Annotated[Literal["ok", "dead"], Meta(description="Whether the database answers.", examples=["ok"])] = (
        "ok"
    )
    worker: Annotated[
        Literal["ok", "dead", "unknown"],
        Meta(description="Whether the worker was heard of lately; unknown without a database.", examples=["ok"]),
    ] = "ok"


UNKEPT = {"Cache-Control": "no-store"}
NOT_READY = ResponseSpec(Health, description="It cannot do its work just now.", generate_examples=False)


async def ask_nobody(_request: AnyRequest) -> None:
    """Instead of the door's questions: who looks after servers asks by their address, and has no session."""


WAY_IN: dict[str, Any] = {"tags": ["operation"], "before_request": ask_nobody}


@get("/api/health", summary="The process answers", responses=told(405, everywhere=()), **WAY_IN)
async def health() -> Response[Health]:
    """Answers as long as the process does; looks at nothing else."""
    return Response(Health("ok"), headers=UNKEPT)


@get(
    "/api/ready", summary="The server can do its work", responses={**told(405, everywhere=()), 503: NOT_READY}, **WAY_IN
)
async def ready() -> Response[Health]:
    """200 when the database answers and the worker is alive; 503 otherwise, saying which is not."""
    state = Health("ok")
    try:
        await database.fetch("SELECT 1 AS one")
        beat: Any = await leases.last_beat(WORKER)
        if beat is None or clock.now() - beat > WORKER_PATIENCE:
            state.worker = "dead"
    except Exception as error:  # whatever the engine raises when it is gone
        log.warning("ready.database", error=type(error).__name__)
        state.database, state.worker = "dead", "unknown"
    if "dead" in (state.database, state.worker):
        state.status = "failing"
    return Response(state, status_code=200 if state.status == "ok" else 503, headers=UNKEPT)
