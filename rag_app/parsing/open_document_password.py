"""OpenDocument files that are locked with a password: each part by itself, or (since ODF 1.3) the whole package at once.

The scheme is that of the OpenDocument specification, part 2 (packages), 3.4: a start key, the hash of the password, is made a key
by PBKDF2 or Argon2id; what it locks is deflated text, whose first kilobyte has a checksum.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO

from rag_app.errors import Reason
from rag_app.parsing.archives import MAX_MARKUP_BYTES
from rag_app.parsing.package import Node, Package, attribute, local, number, opened
from rag_app.parsing.source import Source

_MANIFEST, _LOCK, _WHOLE = "META-INF/manifest.xml", "encryption-data", "encrypted-package"
_TEXT = ".xml"
_CHECKED = 1024
_MOST_KILOBYTES, _MOST_ROUNDS = 262_144, 20_000_000
_BLOCK = 16


def refuse_locked(source: Source, package: Package) -> None:
    """Raise `DocumentError` for an OpenDocument that is still locked: a password is missing, wrong, or of no use."""
    locks = dict(_locks(package))
    if any(_algorithm(lock) not in _DECRYPT for lock in locks.values()):
        sentence = "{name} is locked with a password in a way that Footnote cannot open. Save it without one and add it again."
        raise source.refusal(Reason.PASSWORD_NEEDED, sentence)
    if locks:
        raise source.locked(Reason.PASSWORD_NEEDED)


def unlock_open_document(source: Source, copy: IO[bytes]) -> bool:
    """Whether the password opens all text of a locked OpenDocument; then `copy` holds that text as a package.

    Raises `DocumentError` where it would unpack to too much.
    """
    with opened(source) as package:
        locks = dict(_locks(package))
        if not locks:
            return False
        if _WHOLE in locks:
            whole = _unlocked(package.read(_WHOLE), locks[_WHOLE], source)
            copy.write(whole or b"")
            return whole is not None
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as open_package:
            for name in package.names:
                content = package.read(name) if name == "mimetype" or (name.endswith(_TEXT) and name != _MANIFEST) else None
                if content is not None and name in locks:
                    content = _unlocked(content, locks[name], source)
                    if content is None:
                        return False
                if content is not None:
                    open_package.writestr(name, content)
    return True


def _locks(package: Package) -> Iterator[tuple[str, Node]]:
    """What the manifest says of each part that is locked, by the part's name."""
    manifest = package.xml(_MANIFEST) if _MANIFEST in package.names else None
    for entry in manifest.iter() if manifest is not None else ():
        for lock in entry if local(entry) == "file-entry" else ():
            if local(lock) == _LOCK:
                yield attribute(entry, "full-path"), lock


def _unlocked(content: bytes, lock: Node, source: Source) -> bytes | None:
    """The open content, or None if the password is not the one, or the lock is none that is known."""
    decrypt = _DECRYPT.get(_algorithm(lock))
    try:
        key = _key(source.password, lock) if decrypt else None
        deflated = decrypt(content, key, _bytes(_part(lock, "algorithm"), "initialisation-vector")) if decrypt and key else None
        if deflated is None or not _has_checksum(deflated, lock):
            return None
        return deflated if deflated.startswith(b"PK\x03\x04") else _inflated(deflated, source)
    except (ValueError, zlib.error):
        return None


def _algorithm(lock: Node) -> str:
    return _last_word(attribute(_part(lock, "algorithm"), "algorithm-name"))


def _key(password: str, lock: Node) -> bytes | None:
    start, way = _part(lock, "start-key-generation"), _part(lock, "key-derivation")
    is_new = _last_word(attribute(start, "start-key-generation-name")) == "sha256"
    hashed = (hashlib.sha256 if is_new else hashlib.sha1)(password.encode()).digest()
    salt, size = _bytes(way, "salt"), number(attribute(way, "key-size"), 16)
    if _last_word(attribute(way, "key-derivation-name")).endswith("argon2id"):
        return _argon2id(hashed, salt, size, way)
    rounds = number(attribute(way, "iteration-count"), 0)
    return hashlib.pbkdf2_hmac("sha1", hashed, salt, rounds, size) if rounds <= _MOST_ROUNDS else None


def _argon2id(hashed: bytes, salt: bytes, size: int, way: Node) -> bytes | None:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # a tenth of a second, for the few files that need it

    rounds, kilobytes, lanes = (number(attribute(way, f"argon2-{name}"), 0) for name in ("iterations", "memory", "lanes"))
    if kilobytes > _MOST_KILOBYTES or rounds > _MOST_ROUNDS:
        return None
    return Argon2id(salt=salt, length=size, iterations=rounds, lanes=lanes, memory_cost=kilobytes).derive(hashed)


def _aes_cbc(content: bytes, key: bytes, start: bytes) -> bytes | None:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    decryptor = Cipher(algorithms.AES(key), modes.CBC(start)).decryptor()
    padded = decryptor.update(content) + decryptor.finalize()
    return padded[: -padded[-1]] if padded and 1 <= padded[-1] <= _BLOCK else None


def _aes_gcm(content: bytes, key: bytes, start: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(start, content.removeprefix(start), None)  # XML encryption puts the start before the content
    except InvalidTag:
        return None


def _blowfish(content: bytes, key: bytes, start: bytes) -> bytes:
    from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
    from cryptography.hazmat.decrepit.ciphers.modes import CFB
    from cryptography.hazmat.primitives.ciphers import Cipher

    decryptor = Cipher(Blowfish(key), CFB(start)).decryptor()
    return decryptor.update(content) + decryptor.finalize()


_DECRYPT: Mapping[str, Callable[[bytes, bytes, bytes], bytes | None]] = {
    **dict.fromkeys(("aes256-cbc", "aes192-cbc", "aes128-cbc"), _aes_cbc),
    "aes256-gcm": _aes_gcm,
    **dict.fromkeys(("blowfish", "blowfish cfb"), _blowfish),
}


def _has_checksum(deflated: bytes, lock: Node) -> bool:
    """Whether the content has the checksum that is told; one whose key is checked otherwise tells none."""
    checksum = _bytes(lock, "checksum")
    make = hashlib.sha256 if "256" in attribute(lock, "checksum-type") else hashlib.sha1
    return not checksum or make(deflated[:_CHECKED]).digest() == checksum


def _inflated(deflated: bytes, source: Source) -> bytes:
    content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(deflated, MAX_MARKUP_BYTES + 1)
    if len(content) > MAX_MARKUP_BYTES:
        sentence = "{name} would unpack to more text than Footnote takes. Split it into smaller documents."
        raise source.refusal(Reason.EXPANDS_TOO_MUCH, sentence)
    return content


def _part(lock: Node, name: str) -> Node:
    """The element of that name, or the lock itself, which has none of its attributes."""
    return next((node for node in lock if local(node) == name), lock)


def _bytes(node: Node, name: str) -> bytes:
    return base64.b64decode(attribute(node, name))


def _last_word(name: str) -> str:
    return name.rpartition("#")[2].rpartition(":")[2].lower()
