"""A web page by its address: the only way from here to a network, taken when a person asks for a page and never else."""

from rag_app.fetching.page import MOST_MB, fetch

__all__ = ["MOST_MB", "fetch"]
