"""Yaohua, Keli, and what follows them."""
import re

from numbers_shown import Shown, number, says, unit_of, xor_of
from shapes import matches, one_of, truth, whole

UNIT = one_of("kg", "t")
CONTINUOUS = re.compile(rb"\x02([+-])([0-9]{6})([0-4])([0-?A-F]{2})\x03")
A12 = re.compile(rb"[Ww]([GNWgnw])([ +\-0-9][ +\-.0-9]{6})([A-Za-z ]{2})([0-?A-F]{2})?\r\n")
HALF = rb"([0-?A-F]{2})\x03"
COMMANDS = {"decimals-digit": re.compile(rb"\x02([A-Z])([A-Za-z0-9])([+-])([0-9]{6})([0-4])" + HALF),
            "dot": re.compile(rb"\x02([A-Z])([A-Za-z0-9])([+-])([ .0-9]{7})()" + HALF)}


def continuous(raw, options):
    """02, sign, six digits, decimals, XOR of bytes 2 to 9 as two characters, 03."""
    found = CONTINUOUS.fullmatch(raw)
    if found is None:
        return None
    total = xor_of(raw[1:9])
    halves = (total >> 4, total & 15)
    # One of two ways of writing it, for both halves.
    if found[4] not in (b"%X%X" % halves, bytes(0x30 + half for half in halves)):
        return None
    return Shown(int(found[2]) * (-1 if found[1] == b"-" else 1), int(found[3]))


def command(raw, options):
    """02, address, letter, sign, number, XOR of all between, 03; Keli writes a point into the number."""
    found = COMMANDS[options["point"]].fullmatch(raw)
    if found is None or not says(xor_of(raw[1:-3]), found[6]) or found[1].decode() != options["address"]:
        return None
    letter = found[2].decode().upper()
    if letter not in (options["grossLetter"], options["netLetter"]):
        return None
    read = number(found[4], minus=found[3] == b"-")
    if read is None:
        return None
    return Shown(read[0], read[1] if options["point"] == "dot" else int(found[5]), net=letter == options["netLetter"])


def equals(raw, options):
    """"=" first or last; digits with at most one point, forward or reversed; perhaps a sign at one end."""
    first, characters = options["equals"] == "first", options["characters"]
    if len(raw) != characters + 1 or raw[0 if first else -1:][:1] != b"=":
        return None
    text = raw[1:] if first else raw[:-1]
    sign, rest = (text[:1], text[1:]) if options["sign"] == "first" else (text[-1:], text[:-1])
    outer = rest[-1:] if options["sign"] == "first" else rest[:1]
    if not sign or sign not in b"+-0123456789" or not outer.isdigit():
        return None
    if sign.isdigit():
        rest = text
    if options["direction"] == "reversed":
        rest = rest[::-1]
    if not re.fullmatch(rb"[.0-9]+", rest):
        return None
    read = number(rest, minus=sign == b"-")
    return read and Shown(*read, net=options["sends"] == "net")


def a12(raw, options):
    """Two letters, seven characters, the unit; with a sum, the XOR of these eleven bytes."""
    found = A12.fullmatch(raw)
    if found is None or (found[4] is not None) != options["checksum"]:
        return None
    if found[4] is not None and not says(xor_of(raw[:11]), found[4]):
        return None
    read, unit = number(found[2]), unit_of(found[3])
    if read is None or unit is None:
        return None
    return Shown(*read, unit=unit, net=found[1].lower() == b"n")


LETTER = one_of("B", "C", "D")
COMMAND = {"unit": UNIT, "address": matches("[A-Z]"), "ask": one_of("gross", "net"), "grossLetter": LETTER,
           "tareLetter": LETTER, "netLetter": LETTER, "point": one_of("decimals-digit", "dot")}
EQUALS = {"unit": UNIT, "equals": one_of("first", "last"), "characters": whole(5, 10),
          "direction": one_of("reversed", "forward"), "sign": one_of("first", "last"),
          "sends": one_of("unknown", "gross", "net")}


def commanded(tare, net, point):
    return (command, COMMAND, {"unit": "kg", "address": "A", "ask": "gross", "grossLetter": "B", "tareLetter": tare,
                               "netLetter": net, "point": point},
            lambda options: len({options[name] for name in ("grossLetter", "tareLetter", "netLetter")}) == 3)


def equalled(at, characters, direction, sign):
    return (equals, EQUALS, {"unit": "kg", "equals": at, "characters": characters, "direction": direction,
                             "sign": sign, "sends": "unknown"})


STREAM = (continuous, {"unit": UNIT}, {"unit": "kg"})
# By profile: the reader, what its options look like, what they are where nothing is said, and what else must hold.
PROFILES = {
    "yaohua-continuous": STREAM, "keli-continuous": STREAM,
    "yaohua-command": commanded("C", "D", "decimals-digit"), "keli-k9r-command": commanded("D", "C", "dot"),
    "yaohua-d2-old": equalled("last", 7, "reversed", "last"), "yaohua-d2-new": equalled("last", 8, "reversed", "last"),
    "yaohua-a26-format1": equalled("first", 8, "reversed", "last"),
    "yaohua-a26-format2": equalled("first", 8, "forward", "first"),
    "keli-d2008-format2": equalled("first", 8, "reversed", "last"),
    "keli-d2008-format3": equalled("first", 8, "forward", "first"),
    "keli-d2002": equalled("first", 7, "reversed", "last"), "keli-kl3101": equalled("first", 6, "forward", "first"),
    "yaohua-a12": (a12, {"checksum": truth}, {"checksum": False}),
    "yaohua-a12-xor": (a12, {"checksum": truth}, {"checksum": True}),
}
