"""Reading: where in a passage the answer to a question stands, and whether it stands there at all."""

from rag_app.reading.fake import WordReader
from rag_app.reading.onnx_reader import READER_FILE, OnnxReader

__all__ = ["READER_FILE", "OnnxReader", "WordReader"]
