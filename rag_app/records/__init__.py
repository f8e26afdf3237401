"""Values that cross module borders. Frozen; sequences are tuples; a higher score is better.

Offsets count characters of the page's text. Pages count from 1. Times are milliseconds unless a name says seconds.
"""

from rag_app.records.answers import NO_GAP_AFTER, Answer, AnswerSentence, Citation, Evidence, Timings, Verdict
from rag_app.records.conversations import ChatMessage, Conversation, Export, ExportFormat, Turn
from rag_app.records.documents import (
    WITHIN,
    CellRows,
    DiskUse,
    Document,
    DocumentSummary,
    EnclosedFile,
    Heading,
    Page,
    Passage,
    RecognizedLine,
    Running,
    Scope,
    StoredPassage,
    Table,
)
from rag_app.records.feedback import Fault, Feedback, Rating
from rag_app.records.folders import Folder, FolderChanges, FolderDocument, FolderFile, SeenFile
from rag_app.records.models import Fit, MemoryNeed, ModelRow, ModelState, Preparation, Speed
from rag_app.records.places import Continuation, PageBreak, Section, Stretch, pages_of
from rag_app.records.reading import CloseReading, Found, Reading
from rag_app.records.rectangle import Rectangle
from rag_app.records.searching import Bound, Correction, Extreme, Hit, Query, SearchResult, StageScore
from rag_app.records.tasks import FileOutcome, Progress, Task, TaskState
from rag_app.records.training import PreferenceExample, SupervisedExample
from rag_app.records.views import Finding, MapPoint, PageView, PassageMap

__all__ = [
    "NO_GAP_AFTER",
    "WITHIN",
    "Answer",
    "AnswerSentence",
    "Bound",
    "CellRows",
    "ChatMessage",
    "Citation",
    "CloseReading",
    "Continuation",
    "Conversation",
    "Correction",
    "DiskUse",
    "Document",
    "DocumentSummary",
    "EnclosedFile",
    "Evidence",
    "Export",
    "ExportFormat",
    "Extreme",
    "Fault",
    "Feedback",
    "FileOutcome",
    "Finding",
    "Fit",
    "Folder",
    "FolderChanges",
    "FolderDocument",
    "FolderFile",
    "Found",
    "Heading",
    "Hit",
    "MapPoint",
    "MemoryNeed",
    "ModelRow",
    "ModelState",
    "Page",
    "PageBreak",
    "PageView",
    "Passage",
    "PassageMap",
    "PreferenceExample",
    "Preparation",
    "Progress",
    "Query",
    "Rating",
    "Reading",
    "RecognizedLine",
    "Rectangle",
    "Running",
    "Scope",
    "SearchResult",
    "Section",
    "SeenFile",
    "Speed",
    "StageScore",
    "StoredPassage",
    "Stretch",
    "SupervisedExample",
    "Table",
    "Task",
    "TaskState",
    "Timings",
    "Turn",
    "Verdict",
    "pages_of",
]
