"""What a member's devices are called in their list: coarse on purpose, so that nobody is traced by it."""

SYSTEMS = (
    ("iphone", "iPhone"), ("ipad", "iPad"), ("android", "Android"), ("windows", "Windows"),
    ("cros", "ChromeOS"), ("mac os", "Mac"), ("linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    ("edg", "Edge"), ("opr/", "Opera"), ("samsungbrowser", "Samsung Internet"), ("coc_coc", "Cốc Cốc"),
    ("firefox", "Firefox"), ("fxios", "Firefox"), ("crios", "Chrome"), ("chrome", "Chrome"), ("safari", "Safari"),
)  # fmt: skip
"""Looked for in this order, because each browser names its forebears too."""


def named(user_agent: str) -> str:
    """Such as "Android · Chrome"; empty when nothing is recognised."""
    text = user_agent.lower()
    found = [next((name for mark, name in marks if mark in text), "") for marks in (SYSTEMS, BROWSERS)]
    return " · ".join(name for name in found if name)
