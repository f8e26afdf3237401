"""Footnote: answers from a person's own documents, each sentence with a checked footnote."""

__version__ = "0.1.0"
