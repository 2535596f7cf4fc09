"""What makes the handbook an app: the manifest, the worker's script, the frames, and whose library it is."""

import json
import re


async def test_the_manifest_names_the_app_and_icons_that_are_there(opened):
    client = await opened()
    answer = await client.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    told = answer.json()
    assert told["lang"] == "vi" and told["display"] == "standalone" and told["start_url"] == told["scope"] == "/"
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert [shortcut["url"] for shortcut in told["shortcuts"]] == ["/documents", "/search"]
    for icon in told["icons"]:
        assert (await client.get(icon["src"])).headers["content-type"] == "image/png"


async def test_everything_the_worker_keeps_is_there(opened):
    client = await opened()
    script = await client.get("/service-worker.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "no-cache" in script.headers["cache-control"]
    found = re.match(r"self\.APP = (\{.*\});", script.text)
    assert found is not None
    imported = re.findall(r'from "([^"]+)"', script.text)
    files = json.loads(found[1])["files"]
    assert set(imported) <= set(files) and "/offline/vi/document" in files
    for path in files:
        assert (await client.get(path)).status_code == 200, path


async def test_frames_tell_nothing_of_who_asks(opened, everyone):
    member, visitor = await opened(everyone.mai), await opened(theme="dark", language="en")
    for path in ("/offline/vi/saved", "/offline/vi/document", "/offline/en/document"):
        assert (await member.get(path)).text == (await visitor.get(path)).text
    assert 'lang="en"' in (await member.get("/offline/en/document")).text
    assert (await member.get("/offline/fr/document")).status_code == 404
    assert (await member.get("/offline/vi/other")).status_code == 404


async def test_each_answer_names_whose_library_it_is_but_not_who_that_is(opened, everyone):
    names = set()
    for person in (everyone.mai, everyone.thu, None):
        client = await opened(person)
        told = {
            (await client.get(path)).headers["sotay-library-owner"]
            for path in ("/", "/documents", "/api/library", "/manifest.webmanifest", "/nowhere")
        }
        assert len(told) == 1
        names |= told
    assert len(names) == 3 and "visitor" in names
    assert not any(str(everyone.mai).replace("-", "") in name for name in names)


async def test_files_name_no_owner(opened, everyone):
    client = await opened(everyone.mai)
    style = re.search(r'href="(/static/[^"]+\.css)"', (await client.get("/")).text)
    assert style is not None
    assert "sotay-library-owner" not in (await client.get(style[1])).headers


async def test_when_nobody_can_say_who_reads_no_owner_is_named(opened, everyone, monkeypatch):
    client = await opened(everyone.mai)

    async def lost(_cookie):
        raise ConnectionError

    monkeypatch.setattr("backend.door.guard.sessions.reader", lost)
    answer = await client.get("/")
    assert answer.status_code == 503 and "sotay-library-owner" not in answer.headers
