"""The page in the browser: layout, handlers, rendering, wording and looks. Only `layout` and `theme` know gradio."""
