"""One address for every route of the site, as the `site` fixture fills it."""

from __future__ import annotations

FILE = "{file}"  # stands for the digest of the first paper's file; other names in braces for `Site.ids`

ADDRESSES = {
    "home": "/",
    "sign-in": "/sign-in",
    "sign-out": "/sign-out",
    "notices": "/notices",
    "register": "/register",
    "risk": "/risks/LH1",
    "bring-in": "/bring-in",
    "import": "/bring-in/2",
    "import-progress": "/bring-in/2/progress",
    "correct": "/bring-in/2/correct?risk=LH1&field=owner",
    "resolve": "/bring-in/2/resolve",
    "arrows": "/bring-in/2/arrows",
    "place-paper": "/bring-in/2/what",
    "close-risk": "/bring-in/2/close",
    "close": "/register/close?risk=LH1",
    "accept": "/bring-in/2/accept",
    "accept-all": "/bring-in/2/accept-all",
    "set-aside": "/bring-in/2/set-aside",
    "file": f"/files/{FILE}",
    "place": f"/files/{FILE}/place?lines=1-1",
    "place-picture": f"/files/{FILE}/pages/1.png",
    "papers": "/papers",
    "preview": "/papers/preview?register=harbour-risk-register&audience=committee",
    "publish": "/papers/publish",
    "edition": "/papers/harbour-risk-register/1",
    "edition-file": "/papers/harbour-risk-register/1/pdf",
    "withdraw": "/papers/harbour-risk-register/1/withdraw",
    "comment": "/discussion/risk/{risk}/comment",
    "attach": "/discussion/risk/{risk}/attach",
    "reword": "/comments/{comment}/reword",
    "take-back": "/comments/{comment}/take-back",
    "attachment": "/attachments/{attachment}",
    "take-away": "/attachments/{attachment}/take-away",
    "history": "/history",
    "verify": "/history/verify",
    "gallery": "/gallery",
}
SENT = {
    "sign-out", "resolve", "arrows", "place-paper", "close-risk", "close", "accept", "accept-all",
    "set-aside", "publish", "withdraw", "comment", "attach", "reword", "take-back", "take-away",
}  # fmt: skip
PAGES = sorted(set(ADDRESSES) - SENT)
