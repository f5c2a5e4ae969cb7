"""The zip file, in its one form."""
import os
import re
import struct
import zlib

from found import LIMITS, Found

NAMES = re.compile(r"bundle\.json|events\.jsonl|README\.txt|verifier\.html|"
                   r"(?:rules/([0-9a-f]{64})\.json|curves/([0-9a-f]{64})\.deflate|pictures/([0-9a-f]{64})\.jpg)")


class Zip:
    def __init__(self, path):
        self.file = open(path, "rb")
        size = os.fstat(self.file.fileno()).st_size
        if size < 22 or size > LIMITS["file"] + LIMITS["directory"]:
            raise Found("zip", "form")
        end = self.at(size - 22, 22)
        count, = struct.unpack_from("<H", end, 10)
        listed_bytes, = struct.unpack_from("<I", end, 12)
        start = size - 22 - listed_bytes
        if start < 0 or listed_bytes > LIMITS["directory"] or count > LIMITS["entries"]:
            raise Found("zip", "form")
        listed = self.at(start, listed_bytes + 22)
        self.entries, at, again = {}, 0, b""
        for _ in range(count):
            if at + 46 > len(listed):
                raise Found("zip", "form")
            crc, _, unpacked = struct.unpack_from("<III", listed, at + 16)
            name_bytes, = struct.unpack_from("<H", listed, at + 28)
            offset, = struct.unpack_from("<I", listed, at + 42)
            if at + 46 + name_bytes > len(listed):
                raise Found("zip", "form")
            raw = listed[at + 46:at + 46 + name_bytes]
            name = raw.decode("utf-8", "replace")
            if not NAMES.fullmatch(name):
                raise Found("zip", "name")
            if name in self.entries:
                raise Found("zip", "twice")
            common = struct.pack("<HHHHHIIIHH", 20, 0x0800, 0, 0, 0x21, crc, unpacked, unpacked, name_bytes, 0)
            again += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw
            self.entries[name] = (crc, unpacked, offset, b"PK\3\4" + common + raw)
            at += 46 + name_bytes
        again += b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, at, start, 0)
        if again != listed:
            raise Found("zip", "form")
        expected = 0
        for _, unpacked, offset, header in self.entries.values():
            if offset != expected or self.at(offset, len(header)) != header:
                raise Found("zip", "form")
            expected += len(header) + unpacked
        if expected != start:
            raise Found("zip", "form")

    def at(self, offset, length):
        self.file.seek(offset)
        return self.file.read(length)

    def pieces(self, name):
        crc, left, offset, header = self.entries[name]
        at, seen = offset + len(header), 0
        while left > 0:
            piece = self.at(at, min(left, 1 << 18))
            if not piece:
                raise Found(name, "broken")
            at, left, seen = at + len(piece), left - len(piece), zlib.crc32(piece, seen)
            yield piece
        if seen != crc:
            raise Found(name, "broken")

    def whole(self, name, most):
        if name not in self.entries:
            raise Found(name, "missing")
        if self.entries[name][1] > most:
            raise Found(name, "too-large")
        return b"".join(self.pieces(name))

    def lines(self, name):
        if name not in self.entries:
            raise Found(name, "missing")
        rest = b""
        for piece in self.pieces(name):
            rest += piece
            *lines, rest = rest.split(b"\n")
            yield from (text_of(line, name) for line in lines)
            if len(rest) > LIMITS["line"]:
                raise Found(name, "too-large")
        if rest:
            raise Found(name, "line")


def text_of(raw, name):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Found(name, "form") from None


