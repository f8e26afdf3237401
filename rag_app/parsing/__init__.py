"""Files into documents: readers for each format, run in a child process that no file can take the app down with."""

from rag_app.parsing.sandbox import SandboxedParser

__all__ = ["SandboxedParser"]
