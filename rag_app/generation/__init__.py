"""Chat models that write: llama.cpp over a GGUF file, and a scripted one for tests and for trying out."""

from rag_app.generation.fake import ScriptedGenerator
from rag_app.generation.generator import LlamaCppGenerator
from rag_app.generation.gguf_file import describe_chat_model
from rag_app.generation.lora import Lora, check_adapter
from rag_app.generation.memory import memory_need, unread_memory_need
from rag_app.generation.requantizing import requantize
from rag_app.generation.speed import measure_speed

__all__ = [
    "LlamaCppGenerator",
    "Lora",
    "ScriptedGenerator",
    "check_adapter",
    "describe_chat_model",
    "measure_speed",
    "memory_need",
    "requantize",
    "unread_memory_need",
]
