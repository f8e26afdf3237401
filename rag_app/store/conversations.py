"""The history of conversations, and what people think of their answers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from rag_app.errors import LibraryError
from rag_app.records import Answer, Conversation, Fault, Feedback, Rating, Turn
from rag_app.store.opening import Row, Value
from rag_app.store.part import Part, now

_ANSWERS: TypeAdapter[Answer] = TypeAdapter(Answer)
MOST_WORDS = 20
ALL = -1
_LIKE, _ESCAPED = re.compile(r"([%_\\])"), r"\\\1"
_HOLDS = r"""(title like ? escape '\' or exists (
    select 1 from turns t where t.conversation_id = c.id and (json_extract(t.answer, '$.question') like ? escape '\'
    or exists (select 1 from json_each(t.answer, '$.sentences') s where json_extract(s.value, '$.text') like ? escape '\'))))"""


class Conversations(Part):
    """Conversations and their turns. Each answer is kept whole, with the evidence of that moment."""

    def start_conversation(self, title: str) -> Conversation:
        """A new, empty conversation."""
        with self._connections.writing() as database:
            moment = now()
            sql = "insert into conversations (title, created_at, updated_at) values (?, ?, ?) returning id"
            label = database.execute(sql, [title, moment, moment]).fetchone()[0]
        return Conversation(label, title, moment)

    def conversations(self, search: str = "") -> tuple[Conversation, ...]:
        """The conversations, the one last used first. With `search`, those that hold each of its words."""
        patterns = [f"%{_LIKE.sub(_ESCAPED, word)}%" for word in search.split()[:MOST_WORDS]]
        condition = " and ".join(_HOLDS for _ in patterns) or "true"
        sql = f"select id, title, updated_at from conversations c where {condition} order by updated_at desc, id desc"
        rows = self._connections.rows(sql, [pattern for pattern in patterns for _ in range(3)])
        return tuple(Conversation(*row) for row in rows)

    def conversation(self, conversation_id: int) -> Conversation:
        """The conversation of that id. Raises `LibraryError` when it was deleted."""
        rows = self._connections.rows("select id, title, updated_at from conversations where id = ?", [conversation_id])
        if not rows:
            raise LibraryError(f"There is no conversation {conversation_id}; it may have been deleted.")
        return Conversation(*rows[0])

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        """Give a conversation another title."""
        with self._connections.writing() as database:
            database.execute("update conversations set title = ? where id = ?", [title, conversation_id])

    def delete_conversation(self, conversation_id: int) -> None:
        """Delete a conversation with its turns."""
        with self._connections.writing() as database:
            database.execute("delete from conversations where id = ?", [conversation_id])
        self._connections.empty_journal()

    def turns(self, conversation_id: int, last: int = ALL) -> tuple[Turn, ...]:
        """The turns of a conversation, in order, at most the `last`. Raises `LibraryError` for one that cannot be read."""
        newest = "select id from turns where conversation_id = ? order by id desc limit ?"
        return self._turns(f"where id in ({newest})", [conversation_id, last])

    def turn_count(self, conversation_id: int) -> int:
        """How many turns a conversation has."""
        return int(self._connections.rows("select count(*) from turns where conversation_id = ?", [conversation_id])[0][0])

    def turn(self, turn_id: int) -> Turn:
        """One turn. Raises `LibraryError` when it was deleted."""
        found = self._turns("where id = ?", [turn_id])
        if not found:
            raise LibraryError(f"The answer {turn_id} was deleted.")
        return found[0]

    def rated_turns(self) -> tuple[Turn, ...]:
        """The turns of all conversations with a thumb up or down, oldest first."""
        return self._turns("where rating is not null")

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

    def rate(self, turn_id: int, feedback: Feedback) -> None:
        """Keep what a person thinks of an answer, in place of what was said before. Raises `LibraryError` when it was deleted."""
        with self._connections.writing() as database:
            if not database.execute("select 1 from turns where id = ?", [turn_id]).fetchone():
                raise LibraryError(f"The answer {turn_id} was deleted. Ask again, and rate the new answer.")
            fault = feedback.fault.value if feedback.fault else None
            texts = [_carried(feedback.comment), _carried(feedback.right_answer)]
            sql = "replace into feedback (turn_id, rating, fault, comment, right_answer, given_at) values (?, ?, ?, ?, ?, ?)"
            database.execute(sql, [turn_id, feedback.rating.value, fault, *texts, now()])

    def withdraw_rating(self, turn_id: int) -> None:
        """Forget what was thought of an answer."""
        with self._connections.writing() as database:
            database.execute("delete from feedback where turn_id = ?", [turn_id])
        self._connections.empty_journal()

    def _turns(self, which: str, parameters: Sequence[Value] = ()) -> tuple[Turn, ...]:
        columns = "id, conversation_id, answer, rating, fault, comment, right_answer"
        sql = f"select {columns} from turns left join feedback on turn_id = id {which} order by id"
        rows = self._connections.rows(sql, parameters)
        return tuple(Turn(row[0], row[1], self._answer(row[0], row[2]), _feedback(row[3:])) for row in rows)

    def _answer(self, turn_id: int, text: str) -> Answer:
        try:
            return _ANSWERS.validate_json(text)
        except ValidationError as error:
            problem = f"The answer {turn_id} in {self._connections.path} cannot be read ({error.error_count()} faults)."
            raise LibraryError(f"{problem} Delete its conversation; the documents are not affected.") from error


def _without_lone_surrogates(answer: object) -> str:
    """`answer` as JSON. A question typed in a broken encoding must not keep the rest from being kept."""
    return _carried(json.dumps(answer, ensure_ascii=False))


def _carried(text: str) -> str:
    """`text` with a question mark for what UTF-8 cannot carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _feedback(row: Row) -> Feedback | None:
    rating, fault, comment, right_answer = row
    return Feedback(Rating(rating), Fault(fault) if fault else None, comment, right_answer) if rating else None
