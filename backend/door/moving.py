"""Leading on whoever comes by a name that something had before: for good, with everything else of the address kept.

No browser is to remember it: a name may come back, and who may be led there is asked each time.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from litestar import Response

from base.errors import MovedError

PERMANENT = 308
SAFE = "/:@!$&'()*+,;=~"
"""What may stand in a path as it is (RFC 3986, 3.3)."""


def moved(address: str) -> Response[bytes]:
    """The answer that leads to an address of the handbook."""
    headers = {"Location": address, "Cache-Control": "no-store"}
    return Response(b"", status_code=PERMANENT, headers=headers, media_type="text/html")


def renamed(scope: Mapping[str, Any], error: MovedError) -> str:
    """The address of a request for a document with its present name in the place of the former one."""
    before, _, after = scope["path"].partition(f"/documents/{error.was}")
    path = f"{before}/documents/{error.now}{after}"
    query = scope["query_string"].decode("latin-1")
    return quote(path, safe=SAFE) + (f"?{query}" if query else "")
