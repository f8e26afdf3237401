"""What the view Settings says in English."""

from __future__ import annotations

SETTINGS: dict[str, str] = {
    "view.settings": "Settings",
    "settings.kept": "Kept in your library's folder (settings.json). Each takes effect with the next question.",
    "settings.reset": "Reset to defaults",
    "settings.changed": "The setting is kept.",
    "settings.standard": "{value} (default)",
    "settings.looks": "Language and colours",
    "settings.looks_text": "Of this page, remembered by this browser.",
    "settings.theme": "Colours",
    "settings.theme_system": "As the system",
    "settings.theme_light": "Light",
    "settings.theme_dark": "Dark",
    "settings.answer_mode": "How answers are worded",
    "settings.answer_mode_text": "Quoted answers are the documents' own sentences: fast, and nothing can be made up. "
    "Written ones are worded by the language model and checked sentence by sentence; "
    "what is not supported gives way to the documents' own words.",
    "settings.answer_mode_auto": "Written if the model is large enough",
    "settings.answer_mode_quoted": "Quoted",
    "settings.answer_mode_written": "Written",
    "settings.refusal_threshold": "How sure an answer must be",
    "settings.refusal_threshold_text": "Below this, Footnote says that your documents hold no answer. Higher: fewer wrong "
    "answers, and fewer right ones. "
    "The shares were measured on English and Chinese articles that the reader had not seen.",
    "settings.threshold_choice": "At least",
    "settings.threshold_answered": "Answers, where the documents hold one",
    "settings.threshold_refused": "Refuses, where the document is missing",
    "settings.threshold_tricked": "Refuses, where a near document misleads",
    "settings.answer_tokens": "Longest written answer",
    "settings.answer_tokens_text": "In tokens, about three quarters of a word each. Longer answers take longer.",
    "settings.temperature": "Freedom of wording",
    "settings.temperature_text": "For written answers. At 0 the same question gets the same words; higher values vary "
    "them, and more of them fail the check.",
    "settings.imagine": "Help of the chat model in searching",
    "settings.imagine_text": "Before a search it writes what an answer may look like, or asks in other words, and that is "
    "searched besides; only models of a billion parameters or more are asked, and each question takes seconds longer.",
    "settings.imagine_off": "None",
    "settings.imagine_passage": "A made-up answer",
    "settings.imagine_wordings": "Other words",
    "settings.gone_files": "When a file leaves a folder that is kept in step",
    "settings.gone_files_text": "Documents that you added by hand are never removed.",
    "settings.gone_files_ask": "Ask me",
    "settings.gone_files_remove": "Remove its document",
    "settings.ocr": "Scanned pages and pictures",
    "settings.ocr_text": "Text recognition reads pages without text, Chinese and English; it takes a second "
    "or two a page. From the next file on.",
    "settings.ocr_on": "Read them",
    "settings.ocr_off": "Leave them",
}
