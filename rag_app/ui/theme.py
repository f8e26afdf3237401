"""The looks of the page: gradio's theme in the page's own colours and the system's own fonts, and the files beside it."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

ASSETS = Path(__file__).parent / "assets"
ICON = ASSETS / "icon.png"
# What the frame of an installed page is coloured in, as its header is.
BARS = (("light", "#fbfaf7"), ("dark", "#161917"))
PARTS = ("page", "ask")
SANS = (
    *(
        "-apple-system",
        "Segoe UI",
        "Roboto",
        "Ubuntu",
        "Noto Sans",
        "Liberation Sans",
        "Helvetica Neue",
        "Arial",
        "fn sans marks",
    ),
    *("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "system-ui", "sans-serif"),
)
MONO = ("ui-monospace", "SFMono-Regular", "Consolas", "Menlo", "monospace")


def page_theme() -> gr.themes.Base:
    """A theme that loads no font and leaves colours to `page.css`."""
    theme = gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_lg,
        font=[gr.themes.Font(name) for name in SANS],
        font_mono=[gr.themes.Font(name) for name in MONO],
    )
    same = {"body_background_fill": "var(--fn-desk)", "body_text_color": "var(--fn-ink)", "block_background_fill": "transparent"}
    return theme.set(**same, **{f"{name}_dark": value for name, value in same.items()})


def page_head() -> str:
    """What goes into the head of the page: its style sheets, which gradio would confine to its own container, and its scripts."""
    style, script = ("".join((ASSETS / f"{name}.{kind}").read_text(encoding="utf-8") for name in PARTS) for kind in ("css", "js"))
    bar = "".join(f'<meta name="theme-color" media="(prefers-color-scheme: {name})" content="{color}">' for name, color in BARS)
    return f"{bar}<style>{style}</style><script>{script}</script>"
