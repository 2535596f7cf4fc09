"""Every page of the handbook, in one list: what is photographed, and what accessibility is measured on.

Add a line when you add a page; a test asks for it. The first line of a route is looked at in every way: let it be the
fullest.
"""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from backend.discussion.screening import filling
from backend.sample import NAMESPACE
from backend.sample_comments import DOCUMENT, HEAD, HELD, id_of
from backend.sample_drafts import SAMPLES
from backend.sample_feedback import ANSWERED, ANSWERED_CODE, PUBLISHED_CODE, TEMPLATE, WAITING_CODE
from backend.sample_feedback import WAITING as ASKED
from backend.sample_meetings import MEETING
from backend.sample_moderation import APPEALED, REPORTED
from backend.sample_notices import PAUSED
from content import issuers, samples
from content.extracting import load

LONG_NEWS = (
    "tu-mot-gia-sach-dong-bang-go-cu-cua-chi-bo-thon-doi-che-den-muoi-hai-tu-sach-mo-cua-moi-toi-o-khap-xa-van-tra"
    "-cau-chuyen-cua-nhung-nguoi-man"
)
WRITTEN, WAITING, LATER = (f"/desk/drafts/{sample.id}" for sample in SAMPLES)
"""A draft that Lan is writing, one that waits for Minh, and a later text of an issued document."""


def _news_of_sample(name: str) -> str:
    """Where a news item of the sample is at the desk."""
    file = Path(__file__).resolve().parents[2] / "content/sample/news" / f"{name}.md"
    return f"/desk/news/{samples.id_of(load(file)[1])}"


NEWS_WRITTEN = _news_of_sample("cho-phien-hop-lai")
NEWS_SCHEDULED = _news_of_sample("diem-doc-mo-cua-dip-tet")
NEWS_PINNED = _news_of_sample("tai-san-tai-lieu-truoc-buoi-hop")
NEWS_LONG = _news_of_sample("muoi-hai-tu-sach-van-tra")
SCREENED = f"/desk/screening/words/{uuid.uuid5(filling.NAMESPACE, 'offence:ngu')}"
MEMBER_OF_QUANG = f"/desk/roster/{uuid.uuid5(NAMESPACE, 'huong')}"


def _unit_of_sample(code: str) -> int:
    """The number that a unit of the sample gets: they are written level by level."""
    waiting = json.loads((Path(__file__).resolve().parents[2] / "content/sample/units.json").read_bytes())["units"]
    written: list[str] = []
    while waiting:
        ready = [unit["code"] for unit in waiting if unit["parent"] is None or unit["parent"] in written]
        written += ready
        waiting = [unit for unit in waiting if unit["code"] not in ready]
    return written.index(code) + 1


UNIT_OF_QUANG = f"/desk/units/{_unit_of_sample('VL-DM-BX')}"


COMMENTED = f"/documents/{DOCUMENT}"
"""A resolution of which sample members spoke."""

PREPARED = f"/desk/meetings/{MEETING}"
ISSUER = f"/desk/issuers/{issuers.id_of('Ban Thường vụ Tỉnh ủy Vân Lam')}"


DRAFT_TABS = ("facts", "audience", "relations", "digest", "check", "whole", "preview")


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
    Shown("document-changes", "/documents/quy-dinh-12-qd-tu-2026/editions/2/changes", "mai"),
    Shown("document-of-others", "/documents/thong-bao-26-tb-ubkttu-2026", "mai", status=404),
    Shown("comments", f"{COMMENTED}/comments", "mai"),
    Shown("comments-visitor", f"{COMMENTED}/comments"),
    Shown("comments-part", f"{COMMENTED}/comments?part=iii.3.1", "mai"),
    Shown("comments-thread", f"{COMMENTED}/comments?thread={id_of(HEAD)}", "lan"),
    Shown("comments-none", "/documents/quy-dinh-12-qd-tu-2026/comments", "lan"),
    Shown("news-comments", "/news/cau-treo-suoi-ngan-noi-hai-bo-truoc-mua-ret/comments", "mai"),
    Shown("my-comments", "/account/comments", "mai"),
    Shown("my-comments-none", "/account/comments", "thu"),
    Shown("my-comment", f"/account/comments/{id_of(HELD)}", "mai"),
    Shown("my-comment-of-others", f"/account/comments/{id_of(HEAD)}", "mai", status=404),
    Shown("news", "/news", "mai"),
    Shown("news-article", "/news/cau-treo-suoi-ngan-noi-hai-bo-truoc-mua-ret", "mai"),
    Shown("news-article-long", f"/news/{LONG_NEWS}", "mai"),
    Shown("search-found", "/search?q=chuyển đổi số", "mai"),
    Shown("search", "/search", "mai"),
    Shown("search-number", "/search?q=nghi quyet 05", "mai"),
    Shown("search-meant", "/search?q=chuyen doi so o xa", "mai"),
    Shown("search-loose", "/search?q=chuyển đổi vũ trụ", "mai"),
    Shown("search-filtered", "/search?q=chuyển đổi số&type=Nghị quyết&state=in-force", "mai"),
    Shown("search-filtered-none", "/search?q=chuyển đổi số&type=Chỉ thị&year=2019", "mai"),
    Shown("search-nothing", "/search?q=zzzz", "mai"),
    Shown("search-passed-over", f"/search?q=chuyển đổi số {'và ' * 120}&year=mai", "mai"),
    Shown("search-quotation", "/search?q=khoản 2 điều 3 quy định 12", "mai"),
    Shown("cite", "/cite", "mai"),
    Shown("cite-several", "/cite/mục II nghị quyết 05-NQ/TU", "mai"),
    Shown("cite-part-missing", "/cite/Điều 99 Quy định 12-QĐ/TU", "mai", status=404),
    Shown("cite-nothing", "/cite/khoản 2 Điều 3 Quy định 999-QĐ/TW", "mai", status=404),
    Shown("account", "/account", "mai"),
    Shown("account-welcome", "/account/welcome", "mai"),
    Shown("account-passkeys", "/account/passkeys", "mai"),
    Shown("account-password", "/account/password", "mai"),
    Shown("account-devices", "/account/devices", "mai"),
    Shown("account-notifications", "/account/notifications", "mai"),
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
    Shown("units", "/desk/units", "duc"),
    Shown("units-found", "/desk/units?words=chi bộ", "duc"),
    Shown("unit", UNIT_OF_QUANG, "quang"),
    *(Shown(f"unit-{act}", f"{UNIT_OF_QUANG}/{act}", "quang") for act in ("create", "rename", "split", "close")),
    Shown("unit-move", f"{UNIT_OF_QUANG}/move", "duc"),
    Shown("unit-merge", f"{UNIT_OF_QUANG}/merge", "duc"),
    Shown("roster-add-among-many", "/desk/roster/add", "duc"),
    Shown("issued", "/desk/documents/nghi-quyet-05-nq-tu-2026", "minh"),
    Shown("issued-editions", "/desk/documents/quy-dinh-12-qd-tu-2026", "minh"),
    Shown("issued-read-only", "/desk/documents/quy-dinh-12-qd-tu-2026", "lan"),
    Shown("issued-readdress", "/desk/documents/quy-dinh-12-qd-tu-2026/audience", "minh"),
    Shown("issued-digest", "/desk/documents/nghi-quyet-05-nq-tu-2026/editions/1/digest", "lan"),
    Shown("issued-digest-decide", "/desk/documents/ket-luan-18-kl-tu-2026/editions/1/digest", "minh"),
    Shown("issued-of-others", "/desk/documents/quy-dinh-12-qd-tu-2026", "mai", status=404),
    Shown("issued-address", "/desk/documents/quy-dinh-12-qd-tu-2026/address", "lan"),
    Shown("topics", "/desk/topics", "lan"),
    Shown("topics-looked-on", "/desk/topics", "thu"),
    Shown("topic", "/desk/topics/chuyen-doi-so", "lan"),
    Shown("issuers", "/desk/issuers", "lan"),
    Shown("issuers-none", "/desk/issuers?words=khong co dau", "lan"),
    Shown("issuer", ISSUER, "lan"),
    Shown("erasures", "/desk/erasures", "quang"),
    Shown("drafts", "/desk/documents", "lan"),
    Shown("drafts-none", "/desk/documents?group=ready", "lan"),
    Shown("drafts-new", "/desk/documents/new", "lan"),
    Shown("draft-text", WRITTEN, "lan"),
    *(Shown(f"draft-{tab}", f"{WRITTEN}/{tab}", "lan") for tab in DRAFT_TABS),
    Shown("draft-changes", f"{LATER}/changes", "lan"),
    Shown("draft-decide", f"{WAITING}/check", "minh"),
    Shown("draft-audit", f"{WAITING}/check", "thu"),
    Shown("news-desk", "/desk/news", "lan"),
    Shown("news-desk-none", "/desk/news?state=withdrawn&words=khong", "lan"),
    Shown("news-desk-looked-on", "/desk/news", "thu"),
    Shown("news-desk-new", "/desk/news/new", "lan"),
    Shown("news-desk-write", f"{NEWS_WRITTEN}/edit", "lan"),
    Shown("news-desk-change", f"{NEWS_LONG}/edit", "lan"),
    Shown("news-desk-draft", NEWS_WRITTEN, "lan"),
    Shown("news-desk-scheduled", NEWS_SCHEDULED, "lan"),
    Shown("news-desk-published", NEWS_PINNED, "lan"),
    Shown("news-desk-approver", NEWS_LONG, "minh"),
    Shown("news-desk-auditor", NEWS_SCHEDULED, "thu"),
    Shown("notices", "/notices", "mai"),
    Shown("notices-digest", "/notices/digest", "mai"),
    Shown("notice-of-others", f"/notices/{uuid.uuid5(NAMESPACE, 'nobody')}", "mai", status=404),
    Shown("follows", f"/follows?document={DOCUMENT}", "mai"),
    Shown("desk-notices", "/desk/notices", "minh"),
    Shown("desk-notice", f"/desk/notices/{PAUSED}", "lan"),
    Shown("meetings", "/meetings", "mai"),
    Shown("meetings-none", "/meetings", "lan"),
    Shown("meeting", f"/meetings/{MEETING}", "mai"),
    Shown("meeting-of-others", f"/meetings/{MEETING}", "lan", status=404),
    Shown("meetings-desk", "/desk/meetings", "thang"),
    Shown("meetings-desk-new", f"/desk/meetings/new?from={MEETING}", "thang"),
    Shown("meeting-desk", PREPARED, "thang"),
    Shown("meeting-desk-plan", f"{PREPARED}/plan", "thang"),
    Shown("meeting-desk-preview", f"{PREPARED}/preview", "thang"),
    Shown("meeting-desk-find", f"{PREPARED}/parts", "thang"),
    Shown("meeting-desk-found", f"{PREPARED}/parts?words=tài liệu sinh hoạt", "thang"),
    Shown("meeting-desk-parts", f"{PREPARED}/parts?document=quy-dinh-12-qd-tu-2026&path=dieu-3.khoan-2", "thang"),
    Shown("screening", "/desk/screening", "duc"),
    Shown("screening-looked-on", "/desk/screening?list=secrets", "tam"),
    Shown("screening-none", "/desk/screening?words=zzzz", "thu"),
    Shown("screening-word-new", "/desk/screening/words/new", "duc"),
    Shown("screening-word", SCREENED, "duc"),
    Shown("screening-word-looked-on", SCREENED, "thu"),
    Shown("newcomers", "/desk/newcomers", "quang"),
    Shown("newcomers-among-many", "/desk/newcomers", "duc"),
    Shown("rules", "/rules"),
    Shown("rules-decisions", "/rules/decisions"),
    Shown("comment-report", f"/comments/{id_of(HEAD)}/report", "mai"),
    Shown("comment-report-done", f"/comments/{REPORTED}/report", "dat"),
    Shown("my-comment-decided", f"/account/comments/{APPEALED}/decision", "vinh"),
    Shown("moderation", "/desk/moderation", "tam"),
    Shown("moderation-none", "/desk/moderation", "khanh"),
    Shown("moderation-looked-on", "/desk/moderation", "thu"),
    Shown("moderation-held", f"/desk/moderation/{id_of(HELD)}", "tam"),
    Shown("moderation-reported", f"/desk/moderation/{REPORTED}", "tam"),
    Shown("moderation-appealed", f"/desk/moderation/{APPEALED}", "tam"),
    Shown("moderation-of-others", f"/desk/moderation/{id_of(HELD)}", "khanh", status=404),
    Shown("feedback-new", f"/feedback/new?document={DOCUMENT}&part=iii.3.1", "mai"),
    Shown("feedback-new-plain", "/feedback/new", "mai"),
    Shown("my-feedback", "/account/feedback", "mai"),
    Shown("my-feedback-none", "/account/feedback", "cu"),
    Shown("my-feedback-answered", f"/feedback/{ANSWERED_CODE}", "mai"),
    Shown("my-feedback-waiting", f"/feedback/{WAITING_CODE}", "mai"),
    Shown("feedback-of-others", f"/feedback/{ANSWERED_CODE}", "lan", status=404),
    Shown("answers", "/answers", "mai"),
    Shown("answers-visitor", "/answers"),
    Shown("answers-none", "/answers?topic=khong-co", "mai"),
    Shown("answer", f"/answers/{PUBLISHED_CODE}", "mai"),
    Shown("search-answers", "/search?q=tai lieu sinh hoat may ngay", "mai"),
    Shown("feedback-desk", "/desk/feedback", "hoa"),
    Shown("feedback-desk-none", "/desk/feedback", "xuan"),
    Shown("feedback-desk-none-so", "/desk/feedback?group=overdue&kind=petition", "hoa"),
    Shown("feedback-desk-looked-on", "/desk/feedback", "thu"),
    Shown("feedback-case", f"/desk/feedback/{ASKED}", "hoa"),
    Shown("feedback-case-published", f"/desk/feedback/{ANSWERED}", "hoa"),
    Shown("feedback-case-looked-on", f"/desk/feedback/{ASKED}", "thu"),
    Shown("templates", "/desk/feedback/templates", "hoa"),
    Shown("templates-none", "/desk/feedback/templates", "xuan"),
    Shown("template-new", "/desk/feedback/templates/new", "hoa"),
    Shown("template", f"/desk/feedback/templates/{TEMPLATE}", "hoa"),
    Shown("privacy", "/privacy"),
    Shown("offline", "/offline"),
    Shown("not-found", "/khong-co", "mai", status=404),
)
