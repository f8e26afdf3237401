"""A header on every response that forbids the page to load from, or send to, anywhere but its own server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

# gradio builds its templates with eval and sets styles inline; pictures of pages are data, and a Space shows the app in a frame.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)


class Confinement:
    """ASGI middleware that adds the Content-Security-Policy (CSP Level 3) to responses."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the header."""

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = (b"content-security-policy", POLICY.encode("ascii"))
                referrer = (b"referrer-policy", b"no-referrer")
                message = {**message, "headers": [*message.get("headers", ()), policy, referrer]}
            await send(message)

        await self._app(scope, receive, send_with_policy)
