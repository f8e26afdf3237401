"""The same in a browser: milliseconds from a click until the page shows what it does. See `benchmarks.library_panel`.

"CPU" is what the page itself worked for it, which other work on the machine changes least. One that shows nothing within ten
seconds counts as those.
"""

from __future__ import annotations

import statistics
from pathlib import Path

from playwright.sync_api import CDPSession, Page

from rag_app.library import Library
from tests.browser import Watched, chromium, go_to, serving, visiting

# Event -> what is done, and what is true once the page shows it; both JavaScript, `no` counts the repetitions.
CLICKS = {
    "sort by size": ("q('[data-sort=size]').click()", "q('th.fn-col-size').ariaSort === (no % 2 ? 'descending' : 'ascending')"),
    "turn the page of the table": (
        "q('.fn-pages [data-act=turn]:not([disabled])').click()",
        "!q('.fn-pages').innerText.includes(before)",
    ),
    "pick a collection": (
        "q(`#fn-shelf .fn-chip:nth-child(${no % 2 ? 2 : 1})`).click()",
        "q(`#fn-shelf .fn-chip:nth-child(${no % 2 ? 2 : 1})`).ariaPressed === 'true'",
    ),
    "switch to Ask and back": (
        "location.hash = no % 2 ? 'ask' : 'library'",
        "q('#fn-view-ask').checkVisibility() === (no % 2 === 1)",
    ),
    "open a page of a document": (
        "(q('.fn-reader [data-act=close_reader]') || q('#fn-table .fn-document-name')).click()",
        "!!q('.fn-reader') === (no % 2 === 1)",
    ),
    "tick a document": ("q('[data-pick]').click()", "!q('.fn-picks').hidden === (no % 2 === 1)"),
    "open the conversation, begin a new one": (
        "q(no % 2 ? '.fn-history-open' : '[data-act=new_conversation]').click()",
        "!!q('#fn-thread .fn-turn') === (no % 2 === 1)",
    ),
}
TIMED = """([act, shown, no]) => new Promise((done) => {
    const q = (selector) => document.querySelector(selector);
    const before = q('.fn-pages')?.innerText.split('\\n')[0];
    const started = performance.now();
    eval(act);
    const late = () => performance.now() - started > 10_000;
    const look = () => eval(shown) || late() ? done(performance.now() - started) : setTimeout(look, 5);
    look();
})"""


def measure_in_browser(library: Library, uploads: Path, repeat: int, limit_ms: float) -> bool:
    """Print how long each takes; whether any takes longer than `limit_ms`."""
    print("\n| in the browser | ms, median | worst | CPU of the page |\n|---|---|---|---|")
    with serving(library, uploads) as address, chromium() as browser, visiting(browser, Watched(address)) as page:
        go_to(page, "library")
        medians = [_measure(page, name, repeat) for name in CLICKS]
    return any(median > limit_ms for median in medians)


def _measure(page: Page, name: str, repeat: int) -> float:
    act, shown = CLICKS[name]
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before = _worked(session)
    spent = [page.evaluate(TIMED, [act, shown, number]) for number in range(1, 2 * repeat + 1)]
    worked = (_worked(session) - before) / len(spent)
    session.detach()
    print(f"| {name} | {statistics.median(spent):,.0f} | {max(spent):,.0f} | {worked:,.0f} |", flush=True)
    return float(statistics.median(spent))


def _worked(session: CDPSession) -> float:
    """Milliseconds of processor time of the page's own thread."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "ThreadTime") * 1000)
