"""The schema, one step after another. A step that has been released is never changed; add a new one below it."""

from __future__ import annotations

import json

import numpy as np
from sqlite_utils import Database, Migrations

from rag_app.interfaces import Vectors
from rag_app.text.language import language
from rag_app.text.telling_apart import told_apart
from rag_app.text.words import index_text

LANGUAGE_SAMPLE = 20  # passages

steps = Migrations("footnote")


@steps()
def m001_library(db: Database) -> None:
    """Documents with their pages, passages, words and vectors. `passages.id` is the full-text rowid and the vector's label."""
    db.executescript("""
        create table meta (key text primary key, value text not null) without rowid;
        insert into meta values ('revision', '0');
        create table documents (
            id text primary key,
            name text not null,
            title text not null,
            media_type text not null,
            size integer not null,
            page_count integer not null,
            passage_count integer not null,
            added_at text not null
        ) without rowid;
        create table pages (
            document_id text not null references documents (id) on delete cascade,
            number integer not null,
            text text not null,
            headings text not null,
            unique (document_id, number)
        );
        create table passages (
            id integer primary key autoincrement,
            document_id text not null references documents (id) on delete cascade,
            page integer not null,
            start integer not null,
            end integer not null,
            heading_path text not null,
            text text not null
        );
        create index passages_of_document on passages (document_id);
        create table vectors (
            passage_id integer primary key references passages (id) on delete cascade,
            vector blob not null
        );
        create virtual table words using fts5 (heading, body, tokenize = 'unicode61 remove_diacritics 2');
        create virtual table vocabulary using fts5vocab (words, 'row');
    """)


@steps()
def m002_collections(db: Database) -> None:
    """A document may be in several collections."""
    db.executescript("""
        create table collections (id integer primary key, name text not null unique);
        create table memberships (
            collection_id integer not null references collections (id) on delete cascade,
            document_id text not null references documents (id) on delete cascade,
            primary key (collection_id, document_id)
        ) without rowid;
        create index collections_of_document on memberships (document_id);
    """)


@steps()
def m003_tasks(db: Database) -> None:
    """The queue of files on their way into the library."""
    db.executescript("""
        create table tasks (
            id integer primary key autoincrement,
            name text not null,
            path text not null,
            document_id text not null,
            collection text,
            state text not null,
            attempts integer not null default 0,
            reason text not null default '',
            message text not null default '',
            seconds real not null default 0,
            queued_at text not null,
            updated_at text not null
        );
        create index tasks_by_state on tasks (state);
        create index tasks_of_document on tasks (document_id);
    """)


@steps()
def m004_conversations(db: Database) -> None:
    """Questions and answers, each answer whole as it was shown."""
    db.executescript("""
        create table conversations (
            id integer primary key autoincrement,
            title text not null,
            created_at text not null,
            updated_at text not null
        );
        create table turns (
            id integer primary key autoincrement,
            conversation_id integer not null references conversations (id) on delete cascade,
            answer text not null,
            created_at text not null
        );
        create index turns_of_conversation on turns (conversation_id);
    """)


@steps()
def m005_stems(db: Database) -> None:
    """The words of every passage anew: with stems, and what is joined as parts and whole."""
    rows = db.query("select p.id, d.title, p.heading_path, p.text from passages p join documents d on d.id = p.document_id")
    db.execute("delete from words")
    for row in rows:
        heading = " \n".join((row["title"], *json.loads(row["heading_path"])))
        words = (row["id"], index_text(heading), index_text(row["text"]))
        db.execute("insert into words (rowid, heading, body) values (?, ?, ?)", words)


@steps()
def m006_token_vectors(db: Database) -> None:
    """The vectors of a passage's tokens, packed small, for reranking. A passage may have none."""
    db.executescript("""
        create table token_vectors (
            passage_id integer primary key references passages (id) on delete cascade,
            packed blob not null
        );
    """)


@steps()
def m007_feedback(db: Database) -> None:
    """What people think of answers. It goes with the answer."""
    db.executescript("""
        create table feedback (
            turn_id integer primary key references turns (id) on delete cascade,
            rating text not null,
            fault text,
            comment text not null,
            right_answer text not null,
            given_at text not null
        );
    """)


@steps()
def m008_folders(db: Database) -> None:
    """Folders kept in step, and the documents that only folders brought: all that are there already were added by hand."""
    db.executescript("""
        create table folders (
            id integer primary key autoincrement,
            path text not null unique,
            collection text,
            added_at text not null,
            synced_at text not null default ''
        );
        create table folder_files (
            folder_id integer not null references folders (id) on delete cascade,
            path text not null,
            document_id text not null,
            size integer not null,
            modified_ns integer not null,
            primary key (folder_id, path)
        ) without rowid;
        create index folder_files_of_document on folder_files (document_id);
        create table brought (document_id text primary key) without rowid;
        create table superseded (document_id text primary key, by_document_id text not null) without rowid;
        create index superseded_by on superseded (by_document_id);
    """)


@steps()
def m009_language_and_again(db: Database) -> None:
    """The language of each document, and tasks that read a document of the library again."""
    db.execute("alter table documents add column language text not null default 'en'")
    db.execute("alter table tasks add column again integer not null default 0")
    sample = "select text from passages where document_id = ? order by id limit ?"
    for (document_id,) in db.execute("select id from documents").fetchall():
        texts = [text for (text,) in db.execute(sample, [document_id, LANGUAGE_SAMPLE])]
        db.execute("update documents set language = ? where id = ?", [language(" ".join(texts)), document_id])


@steps()
def m010_cells(db: Database) -> None:
    """The rows of a sheet that a passage holds; documents that were read before have none."""
    db.execute("alter table passages add column cells text not null default ''")


@steps()
def m011_recognized_pages(db: Database) -> None:
    """Pages that text recognition read: how surely, and where each of their lines stands."""
    db.executescript("""
        create table recognized_pages (
            document_id text not null references documents (id) on delete cascade,
            page integer not null,
            confidence real not null,
            lines text not null,
            unique (document_id, page)
        );
    """)


@steps()
def m012_page_breaks(db: Database) -> None:
    """Where a passage goes on on the next page; in documents that were read before, none does."""
    db.execute("alter table passages add column rest text not null default ''")


@steps()
def m013_document_vectors(db: Database) -> None:
    """A vector of each document: the mean of its passages'."""
    db.executescript("""
        create table document_vectors (
            document_id text primary key references documents (id) on delete cascade,
            vector blob not null
        );
    """)
    of_document = "select v.vector from vectors v join passages p on p.id = v.passage_id where p.document_id = ?"
    for (document_id,) in db.execute("select id from documents").fetchall():
        blobs = [blob for (blob,) in db.execute(of_document, [document_id])]
        if blobs:
            vectors = np.frombuffer(b"".join(blobs), "<f4").reshape(len(blobs), -1)
            db.execute("insert into document_vectors values (?, ?)", [document_id, mean_vector(vectors)])


@steps()
def m014_tables(db: Database) -> None:
    """The tables that a passage holds rows of; of documents that were read before, none is known."""
    db.execute("alter table passages add column tables text not null default ''")


@steps()
def m015_openings(db: Database) -> None:
    """The vector of a document's title and beginning; documents that were read before have none."""
    db.execute("alter table document_vectors add column opening blob")


@steps()
def m016_selected_evidence(db: Database) -> None:
    """How much of an answer's evidence was selected, kept as `told` before."""
    db.execute("""update turns set answer = replace(answer, '"told": ', '"selected": ')""")


@steps()
def m017_tasks_in_turn(db: Database) -> None:
    """The task that is next is found at once, however many wait."""
    db.execute("drop index tasks_by_state")
    db.execute("create index tasks_in_turn on tasks (state, attempts, id)")


@steps()
def m018_origins(db: Database) -> None:
    """The folder of each document, as far as it is known still, and what is told of those that have one name."""
    db.executescript("""
        create table origins (document_id text primary key, folder text not null) without rowid;
        alter table documents add column called text not null default '';
        create index documents_by_name on documents (name);
        update documents set called = name;
        insert or ignore into origins select f.document_id, o.path || '/' || rtrim(f.path, replace(f.path, '/', ''))
            from folder_files f join folders o on o.id = f.folder_id;
        insert or ignore into origins select document_id, substr(path, 1, length(path) - length(name))
            from tasks where path like '/%/' || name and path not like '%/gradio/%';
    """)
    sharers = """select d.id, coalesce(o.folder, ''), d.added_at from documents d left join origins o on o.document_id = d.id
        where d.name = ? order by d.added_at, d.id"""
    for (name,) in db.execute("select name from documents group by name having count(*) > 1").fetchall():
        rows = told_apart(name, db.execute(sharers, [name]).fetchall())
        db.conn.executemany("update documents set called = ? where id = ?", rows)


@steps()
def m019_folders_of_tasks(db: Database) -> None:
    """The folder that each file on its way came from, which tells it apart from others of its name."""
    db.executescript("""
        alter table tasks add column folder text not null default '';
        update tasks set folder = coalesce((select folder from origins where document_id = tasks.document_id), '');
        create index tasks_by_name on tasks (name, folder);
    """)


def mean_vector(vectors: Vectors) -> bytes:
    """The mean of a document's passages' vectors, shape (passages, dimension), stretched to unit length, as it is kept."""
    mean = vectors.mean(axis=0, dtype=np.float32)
    unit: bytes = (mean / (np.linalg.norm(mean) or 1.0)).astype("<f4").tobytes()
    return unit
