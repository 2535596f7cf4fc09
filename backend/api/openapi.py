"""How the API describes itself."""

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

CONFIG = OpenAPIConfig(
    title="Sổ tay",
    version="1",
    description="Documents, news and the library of the electronic party member handbook.",
    path="/api/openapi",
    render_plugins=[JsonRenderPlugin(path="/openapi.json")],
)
