"""Every string of the page in English, a module a view. A test compares the keys with those of the other language."""

from rag_app.ui.english.ask import ASK
from rag_app.ui.english.evaluate import EVALUATE
from rag_app.ui.english.library import LIBRARY
from rag_app.ui.english.models import MODELS
from rag_app.ui.english.page import PAGE
from rag_app.ui.english.settings import SETTINGS
from rag_app.ui.english.shared import SHARED

ENGLISH = PAGE | ASK | LIBRARY | MODELS | EVALUATE | SETTINGS | SHARED
