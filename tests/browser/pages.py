"""Every page of the handbook, in one list: what is photographed, and what accessibility is measured on.

Add a line when you add a page; a test asks for it.
"""

import uuid
from dataclasses import dataclass

from backend.sample import NAMESPACE

LONG_NEWS = (
    "tu-mot-gia-sach-dong-bang-go-cu-cua-chi-bo-thon-doi-che-den-muoi-hai-tu-sach-mo-cua-moi-toi-o-khap-xa-van-tra"
    "-cau-chuyen-cua-nhung-nguoi-man"
)
MEMBER_OF_QUANG = f"/desk/roster/{uuid.uuid5(NAMESPACE, 'huong')}"


@dataclass(frozen=True)
class Shown:
    """A page as someone sees it; ``person`` None is a visitor who is not signed in."""

    name: str
    path: str
    person: str | None = None
    status: int = 200


PAGES = (
    Shown("home", "/", "mai"),
    Shown("home-visitor", "/"),
    Shown("documents", "/documents", "mai"),
    Shown("documents-visitor", "/documents"),
    Shown("documents-filtered", "/documents?type=Nghị quyết", "mai"),
    Shown("document-sections", "/documents/nghi-quyet-05-nq-tu-2026", "mai"),
    Shown("document-articles", "/documents/quy-dinh-12-qd-tu-2026", "mai"),
    Shown("document-replaced", "/documents/quy-che-02-qc-tu-2021", "mai"),
    Shown("document-not-yet", "/documents/quy-dinh-40-qd-tu-2026", "mai"),
    Shown("document-edition", "/documents/quy-dinh-12-qd-tu-2026/editions/1", "mai"),
    Shown("document-of-others", "/documents/thong-bao-26-tb-ubkttu-2026", "mai", status=404),
    Shown("news", "/news", "mai"),
    Shown("news-article", "/news/cau-treo-suoi-ngan-noi-hai-bo-truoc-mua-ret", "mai"),
    Shown("news-article-long", f"/news/{LONG_NEWS}", "mai"),
    Shown("search", "/search", "mai"),
    Shown("search-found", "/search?q=chuyển đổi số", "mai"),
    Shown("search-nothing", "/search?q=zzzz", "mai"),
    Shown("account", "/account", "mai"),
    Shown("account-welcome", "/account/welcome", "mai"),
    Shown("account-passkeys", "/account/passkeys", "mai"),
    Shown("account-password", "/account/password", "mai"),
    Shown("account-devices", "/account/devices", "mai"),
    Shown("account-data", "/account/data", "mai"),
    Shown("account-consent", "/account/consent", "mai"),
    Shown("sign-in", "/account/sign-in"),
    Shown("activate", "/account/activate"),
    Shown("enter", "/account/enter/mot-lan"),
    Shown("desk", "/desk", "quang"),
    Shown("roster", "/desk/roster", "quang"),
    Shown("roster-member", MEMBER_OF_QUANG, "quang"),
    Shown("roster-add", "/desk/roster/add", "quang"),
    Shown("roster-import", "/desk/roster/import", "quang"),
    Shown("erasures", "/desk/erasures", "quang"),
    Shown("privacy", "/privacy"),
    Shown("offline", "/offline"),
    Shown("offline-document", "/offline/document"),
    Shown("not-found", "/khong-co", "mai", status=404),
)
