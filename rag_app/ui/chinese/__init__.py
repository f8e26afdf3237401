"""Every string of the page in Chinese, a module a view. A test compares the keys with those of the other language."""

from rag_app.ui.chinese.ask import ASK
from rag_app.ui.chinese.evaluate import EVALUATE
from rag_app.ui.chinese.library import LIBRARY
from rag_app.ui.chinese.models import MODELS
from rag_app.ui.chinese.page import PAGE
from rag_app.ui.chinese.settings import SETTINGS
from rag_app.ui.chinese.shared import SHARED

CHINESE = PAGE | ASK | LIBRARY | MODELS | EVALUATE | SETTINGS | SHARED
