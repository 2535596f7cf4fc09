"""What a push host's name leads to on the network, just before it is connected to."""

import socket
from urllib.parse import urlsplit

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from base.settings import settings
from notifications.channels import admitting


class Resolver(AbstractResolver):
    """Names become addresses of the internet; only hosts that the office named may stand in its own network.

    What is reached through a proxy is resolved there.
    """

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Every address of ``host`` that may be connected to; OSError where there is none."""
        found = await self._inner.resolve(host, port, family)
        if admitting.is_named(host, port, settings().push_hosts) or _is_proxy(host, port):
            return found
        public = [one for one in found if admitting.is_public(one["host"])]
        if not public:
            raise OSError(f"{host} stands in a private network")
        return public

    async def close(self) -> None:
        await self._inner.close()


def _is_proxy(host: str, port: int) -> bool:
    """The proxy, which the office named and which stands in its network."""
    told = urlsplit(settings().push_proxy)
    return (host, port) == (told.hostname, told.port)
