"""Every address of the pages."""

from litestar.types import ControllerRouterHandler

from backend.pages import assets, documents, home, news, pictures, plain, preferences, reading, search
from backend.pages.account import devices, overview, passkeys, password, sign_in
from backend.pages.desk import member, roster, slips
from backend.pages.desk import overview as desk

ROUTES: list[ControllerRouterHandler] = [
    assets.static,
    home.home,
    documents.documents,
    reading.document,
    reading.edition,
    news.latest,
    news.article,
    pictures.picture,
    search.search,
    plain.privacy,
    plain.offline,
    plain.offline_document,
    preferences.language,
    preferences.preferences,
    overview.shown,
    sign_in.sign_in,
    sign_in.with_password,
    sign_in.activate,
    sign_in.with_code,
    sign_in.enter,
    sign_in.with_link,
    sign_in.sign_out,
    passkeys.shown,
    passkeys.welcome,
    passkeys.rename,
    passkeys.remove,
    passkeys.options_to_add,
    passkeys.add,
    passkeys.options_to_sign_in,
    passkeys.sign_in,
    password.shown,
    password.choose,
    devices.shown,
    devices.end,
    devices.end_others,
    desk.shown,
    roster.shown,
    roster.add,
    roster.take_in,
    slips.several,
    slips.one,
    member.shown,
    member.correct,
    member.move,
    member.disable,
    member.enable,
    member.grant,
    member.withdraw,
]
