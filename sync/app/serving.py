"""Serving the feeds over HTTP, written anew whenever a roadmap or the ledger changes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sync.app.run import Run

if TYPE_CHECKING:
    from sync.serving.welcome import Welcome


def serve(
    world: Callable[[], Run],
    host: str,
    port: int,
    *,
    ready: Callable[["Welcome"], None],
    say: Callable[[str], None],
) -> None:
    """Serve the feeds over HTTP until a signal comes; `ready` is told their addresses once they answer.

    `world` is asked again before each export: a server outlives days and configurations.
    """
    from sync.app.exporting import ServedFeeds  # noqa: PLC0415
    from sync.serving.feeds import feed_app  # noqa: PLC0415
    from sync.serving.secret import secret_path  # noqa: PLC0415
    from sync.serving.server import serve as run_server  # noqa: PLC0415
    from sync.serving.welcome import welcome  # noqa: PLC0415

    token = secret_path(world().state)
    source = ServedFeeds(world)
    source.refresh()

    def _opened(base: str) -> None:
        ready(welcome(base, host, token, source.feeds()))
        if source.errors:
            say("There are errors in the text of the roadmaps; `roadmap-sync check` names them.")

    run_server(feed_app(source, token, say=say), host=host, port=port, say=say, ready=_opened)
