"""Numbers and units as indicators write them. A reading is Shown(...) or None: bytes that are no weight."""
import re
from collections import namedtuple

# `shown` is the number without its point. None: the protocol does not say. `net` and `motion` are no weight either.
Shown = namedtuple("Shown", "shown decimals unit motion net", defaults=(None, None, None))
NUMBER = re.compile(rb" *([+-]?) *([0-9]*)(?:(\.)([0-9]*))?")
MOST_DIGITS = 15


def number(raw, minus=None):
    """(number, decimals) of spaces, a sign, digits with at most one point. `minus`: a sign that stands elsewhere."""
    found = NUMBER.fullmatch(raw)
    if found is None:
        return None
    behind = found[4] or b""
    digits = found[2] + behind
    if not 0 < len(digits) <= MOST_DIGITS:
        return None
    negative = found[1] == b"-" if minus is None else minus
    return -int(digits) if negative else int(digits), len(behind)


def unit_of(raw):
    """In any case, with spaces around; None for one that is no legal unit of weight."""
    return {b"kg": "kg", b"t": "t", b"g": "g"}.get(raw.strip(b" ").lower())


def xor_of(raw):
    total = 0
    for byte in raw:
        total ^= byte
    return total


def is_half(byte, half):
    """Half a byte as 0-9, A-F, or as half + 30h."""
    return byte == 0x30 + half or (half > 9 and byte == 0x37 + half)


def says(total, halves):
    return is_half(halves[0], total >> 4) and is_half(halves[1], total & 15)
