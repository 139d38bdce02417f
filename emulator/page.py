"""The phone page: several practice phones in a browser, under a content policy without exceptions."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

blueprint = Blueprint(
    "page", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
)

# Messages may name any https picture; everything else comes from this server only. Trusted types turn a
# slip back to innerHTML into an error instead of a hole.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' https:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@blueprint.get("/")
def phones() -> str:
    """All practice phones side by side; `?font=large`, `?read=aloud` and `?json=on` set the switches."""
    return render_template("phones.html", only="")


@blueprint.get("/phone/<user_id>")
def one_phone(user_id: str) -> str:
    """The phone of one person alone in full width (the page itself says so when there is no such person)."""
    return render_template("phones.html", only=user_id)


@blueprint.after_request
def protect(response: Response) -> Response:
    """Add the content policy and its companions to every answer of the page, its scripts and styles."""
    response.headers.update(HEADERS)
    return response
