"""The page in the browser: layout and views, handlers, rendering, wording and looks.

Only `layout`, `events`, the views, `serving` and `theme` know gradio.
"""
