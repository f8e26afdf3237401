"""OpenDocument files locked with a password, as office programs lock them."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable

from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.made_files import zip_of

_NAMES = (
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" xmlns:loext="urn:org:documentfoundation:names:loext"'
)
_XMLENC, _DSIG = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2000/09/xmldsig#"
_SALT, _START = bytes(range(16)), bytes(range(100, 116))
_ROUNDS = 1000


def locked_open_document(content: bytes, password: str) -> bytes:
    """The document with each of its parts locked by AES-256, as LibreOffice did up to 24.2."""
    return _part_by_part(content, lambda text: _aes(text, password), "#sha256-1k", f"{_XMLENC}aes256-cbc", f"{_DSIG}sha256", 32)


def locked_by_blowfish(content: bytes, password: str) -> bytes:
    """The document with each of its parts locked by Blowfish, as OpenOffice does."""
    return _part_by_part(content, lambda text: _blowfish(text, password), "SHA1/1K", "Blowfish CFB", "SHA1", 16)


def locked_as_a_whole(content: bytes, password: str, *, algorithm: str = "http://www.w3.org/2009/xmlenc11#aes256-gcm") -> bytes:
    """The package locked at once by AES-256-GCM, as LibreOffice does by now."""
    hashed = hashlib.sha256(password.encode()).digest()
    key = Argon2id(salt=_SALT, length=32, iterations=1, lanes=1, memory_cost=64).derive(hashed)
    start = _START[:12]
    hidden = start + AESGCM(key).encrypt(start, _deflated(content), None)
    lock = (
        f'<manifest:algorithm manifest:algorithm-name="{algorithm}" manifest:initialisation-vector="{_text(start)}"/>'
        f'<manifest:start-key-generation manifest:start-key-generation-name="{_XMLENC}sha256" manifest:key-size="32"/>'
        '<manifest:key-derivation manifest:key-size="32" loext:argon2-iterations="1" loext:argon2-memory="64" '
        'loext:argon2-lanes="1" manifest:salt="' + _text(_SALT) + '" manifest:key-derivation-name='
        '"urn:org:documentfoundation:names:experimental:office:manifest:argon2id"/>'
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kind = archive.read("mimetype")
    manifest = _manifest(_entry("encrypted-package", lock, ""))
    return zip_of({"mimetype": kind, "encrypted-package": hidden, "META-INF/manifest.xml": manifest})


def _part_by_part(content: bytes, hide: Callable[[bytes], bytes], check: str, algorithm: str, start_key: str, size: int) -> bytes:
    lock = (
        f'<manifest:algorithm manifest:algorithm-name="{algorithm}" '
        f'manifest:initialisation-vector="{_text(_START[: 16 if size == 32 else 8])}"/>'
        f'<manifest:start-key-generation manifest:start-key-generation-name="{start_key}"/>'
        f'<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="{size}" '
        f'manifest:iteration-count="{_ROUNDS}" manifest:salt="{_text(_SALT)}"/>'
    )
    files, entries = dict[str, bytes | str](), ""
    make = hashlib.sha256 if "256" in check else hashlib.sha1
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            files[name] = archive.read(name)
            if name != "mimetype":
                deflated = _deflated(archive.read(name))
                files[name] = hide(deflated)
                told = f'manifest:checksum-type="{check}" manifest:checksum="{_text(make(deflated[:1024]).digest())}"'
                entries += _entry(name, lock, told)
    return zip_of({**files, "META-INF/manifest.xml": _manifest(entries)})


def _manifest(entries: str) -> str:
    return f"<manifest:manifest {_NAMES}>{entries}</manifest:manifest>"


def _entry(name: str, lock: str, told: str) -> str:
    held = f"<manifest:encryption-data {told}>{lock}</manifest:encryption-data>"
    return f'<manifest:file-entry manifest:full-path="{name}">{held}</manifest:file-entry>'


def _key(hashed: bytes, size: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha1", hashed, _SALT, _ROUNDS, size)


def _aes(text: bytes, password: str) -> bytes:
    key, padding = _key(hashlib.sha256(password.encode()).digest(), 32), 16 - len(text) % 16
    encryptor = Cipher(algorithms.AES(key), modes.CBC(_START)).encryptor()
    return encryptor.update(text + b"\x07" * (padding - 1) + bytes([padding])) + encryptor.finalize()


def _blowfish(text: bytes, password: str) -> bytes:
    encryptor = Cipher(Blowfish(_key(hashlib.sha1(password.encode()).digest(), 16)), CFB(_START[:8])).encryptor()
    return encryptor.update(text) + encryptor.finalize()


def _deflated(text: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(text) + deflater.flush()


def _text(content: bytes) -> str:
    return b64encode(content).decode()
