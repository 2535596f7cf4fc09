"""Every page of the server is in the list of pages that are measured and photographed."""

from tests.browser.pages import PAGES
from tests.browser.routing import GOT, leads_to

NOT_PAGES = {
    "/static/{version:str}/{path:path}",
    "/pictures/{id:str}/{name:str}",
    "/account/data/file",
    "/documents/{slug:str}/editions/{ordinal:str}/originals/{role:str}",
    "/desk/drafts/{id:uuid}/originals/{role:str}",
    "/desk/units/found",
    "/meetings/{id:uuid}/papers/{paper:uuid}",
    "/desk/meetings/{id:uuid}/papers/{paper:uuid}",
    "/feedback/{code:str}/files/{id:uuid}",
    "/desk/feedback/{id:uuid}/files/{file:uuid}",
    "/notices/{id:uuid}",
    "/manifest.webmanifest",
    "/service-worker.js",
    "/offline/{language:str}/{name:str}",
}
"""What is fetched but not looked at; the last are frames that the service worker fills."""


def test_every_page_is_in_the_list():
    listed = [page.path.partition("?")[0] for page in PAGES if page.status == 200]
    assert [route for route in GOT if route not in NOT_PAGES and not any(leads_to(route, one) for one in listed)] == []


def test_no_two_pages_have_one_name():
    names = [page.name for page in PAGES]
    assert len(set(names)) == len(names)
