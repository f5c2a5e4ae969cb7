"""A frame that an installer described: fixed bytes at its ends, digits, sign and decimals at their places."""
from numbers_shown import Shown, number
from shapes import fits_exactly, matches, one_of, or_null, whole

ENDS, PLACE = or_null(matches("([0-9a-fA-F]{2}){1,4}")), whole(0, 63)


def kinds(shapes):
    return lambda value: isinstance(value, dict) and isinstance(value.get("kind"), str) and \
        value["kind"] in shapes and fits_exactly(value, {"kind": one_of(value["kind"]), **shapes[value["kind"]]})


SHAPE = {
    "unit": one_of("kg", "t"), "startHex": ENDS, "endHex": ENDS, "lengthBytes": whole(3, 64), "digitsAt": PLACE,
    "digitsBytes": whole(1, 12), "encoding": one_of("ascii", "bcd"), "order": one_of("forward", "reversed"),
    "sign": kinds({"none": {}, "in-digits": {}, "byte": {"at": PLACE, "minus": whole(0, 255)},
                   "bit": {"at": PLACE, "bit": whole(0, 7), "minusWhen": one_of(0, 1)}}),
    "decimals": kinds({"dot": {}, "fixed": {"places": whole(0, 5)}, "digit": {"at": PLACE}}),
    "equalFrames": one_of(1, 2),
}
SILENT = {"unit": "kg", "startHex": "02", "endHex": "03", "lengthBytes": 12, "digitsAt": 2, "digitsBytes": 6,
          "encoding": "ascii", "order": "forward", "sign": {"kind": "byte", "at": 1, "minus": 0x2D},
          "decimals": {"kind": "digit", "at": 8}, "equalFrames": 2}


def is_sound(options):
    length, sign, decimals = options["lengthBytes"], options["sign"], options["decimals"]
    bcd = options["encoding"] == "bcd"
    return ((options["startHex"] is not None or options["endHex"] is not None) and
            options["digitsAt"] + options["digitsBytes"] <= length and
            len((options["startHex"] or "") + (options["endHex"] or "")) // 2 <= length and
            sign.get("at", 0) < length and decimals.get("at", 0) < length and
            not (bcd and (options["digitsBytes"] > 7 or decimals["kind"] == "dot" or sign["kind"] == "in-digits")))


def custom(raw, options):
    start, end = (bytes.fromhex(options[name] or "") for name in ("startHex", "endHex"))
    sign, decimals, bcd, at = options["sign"], options["decimals"], options["encoding"] == "bcd", options["digitsAt"]
    length = options["lengthBytes"]
    if len(raw) != length or not raw.startswith(start) or not raw.endswith(end):
        return None
    fixed = {*range(len(start)), *range(length - len(end), length)}
    places = range(at, at + options["digitsBytes"])
    counted = {decimals["at"]} if decimals["kind"] == "digit" else set()
    if any(raw[place] not in b"012345" for place in counted - fixed):
        return None
    for place in set(places) - fixed - counted:
        if not (raw[place] >> 4 < 10 and raw[place] & 15 < 10 if bcd else raw[place] in b" +-.0123456789"):
            return None
    field = bytes(raw[place] for place in places)
    field = field if options["order"] == "forward" else field[::-1]
    if bcd:
        shown = 0
        for byte in field:
            shown = shown * 100 + (byte >> 4) * 10 + (byte & 15)
        read = shown, 0
    else:
        read = number(field)
        if read is None or (decimals["kind"] != "dot" and read[1] > 0) or (
                sign["kind"] != "in-digits" and b"-" in field):
            return None
    negative = {"none": lambda: False, "in-digits": lambda: read[0] < 0,
                "byte": lambda: raw[sign["at"]] == sign["minus"],
                "bit": lambda: raw[sign["at"]] >> sign["bit"] & 1 == sign["minusWhen"]}[sign["kind"]]()
    behind = {"dot": lambda: read[1], "fixed": lambda: decimals["places"],
              "digit": lambda: raw[decimals["at"]] - 0x30}[decimals["kind"]]()
    if not 0 <= behind <= 15:
        return None
    return Shown(-abs(read[0]) if negative else abs(read[0]), behind)


PROFILES = {"custom": (custom, SHAPE, SILENT, is_sound)}
