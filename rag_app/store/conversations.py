"""The history of conversations."""

from __future__ import annotations

import json

from pydantic import TypeAdapter, ValidationError

from rag_app.errors import LibraryError
from rag_app.records import Answer, Conversation, Turn
from rag_app.store.part import Part, now

_ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)


class Conversations(Part):
    """Conversations and their turns. Each answer is kept whole, with the evidence of that moment."""

    def start_conversation(self, title: str) -> Conversation:
        """A new, empty conversation."""
        with self._connections.writing() as database:
            moment = now()
            sql = "insert into conversations (title, created_at, updated_at) values (?, ?, ?) returning id"
            label = database.execute(sql, [title, moment, moment]).fetchone()[0]
        return Conversation(label, title, moment)

    def conversations(self) -> tuple[Conversation, ...]:
        """All conversations, the one last used first."""
        rows = self._connections.rows("select id, title, updated_at from conversations order by updated_at desc, id desc")
        return tuple(Conversation(*row) for row in rows)

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        """Give a conversation another title."""
        with self._connections.writing() as database:
            database.execute("update conversations set title = ? where id = ?", [title, conversation_id])

    def delete_conversation(self, conversation_id: int) -> None:
        """Delete a conversation with its turns."""
        with self._connections.writing() as database:
            database.execute("delete from conversations where id = ?", [conversation_id])
        self._connections.empty_journal()

    def turns(self, conversation_id: int) -> tuple[Turn, ...]:
        """The turns of a conversation, in order. Raises `LibraryError` for one that cannot be read."""
        sql = "select id, conversation_id, answer from turns where conversation_id = ? order by id"
        return tuple(Turn(row[0], row[1], self._answer(row[0], row[2])) for row in self._connections.rows(sql, [conversation_id]))

    def keep_turn(self, conversation_id: int, answer: Answer) -> Turn:
        """Keep an answer as the next turn. Raises `LibraryError` when the conversation was deleted."""
        text = _without_lone_surrogates(_ANSWERS.dump_python(answer, mode="json"))
        with self._connections.writing() as database:
            moment = now()
            sql = "update conversations set updated_at = ? where id = ?"
            if database.execute(sql, [moment, conversation_id]).rowcount != 1:
                raise LibraryError(f"The conversation {conversation_id} was deleted. Start a new one.")
            sql = "insert into turns (conversation_id, answer, created_at) values (?, ?, ?) returning id"
            label = database.execute(sql, [conversation_id, text, moment]).fetchone()[0]
        return Turn(label, conversation_id, answer)

    def _answer(self, turn_id: int, text: str) -> Answer:
        try:
            return _ANSWERS.validate_json(text)
        except ValidationError as error:
            problem = f"The answer {turn_id} in {self._connections.path} cannot be read ({error.error_count()} faults)."
            raise LibraryError(f"{problem} Delete its conversation; the documents are not affected.") from error


def _without_lone_surrogates(answer: object) -> str:
    """`answer` as JSON. A question typed in a broken encoding must not keep the rest from being kept."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
