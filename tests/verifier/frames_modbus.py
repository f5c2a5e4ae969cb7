"""Modbus RTU and TCP: one block of registers, read by a map."""
import math
import struct

from numbers_shown import Shown
from shapes import at_most, fits_exactly, one_of, or_null, whole

OFFSET, UNIT = whole(0, 23), one_of("kg", "t")
FLAG = {"at": OFFSET, "bit": whole(0, 15), "when?": one_of(0, 1)}
WEIGHT = {"at?": OFFSET, "type?": one_of("int16", "uint16", "int32", "uint32", "float32"),
          "wordOrder?": one_of("high-first", "low-first")}


def exactly(shape):
    return lambda value: fits_exactly(value, shape)


def decimals(value):
    return whole(0, 5)(value) or at_most(8, exactly({"flag": exactly(FLAG), "places": whole(0, 5)}), least=1)(value)


MAP = {
    "functionCode?": one_of(3, 4), "firstAddress?": whole(0, 65_535), "registers?": whole(1, 24),
    "weight?": exactly(WEIGHT), "decimals?": decimals, "unit?": UNIT,
    **{f"{name}?": or_null(exactly(FLAG)) for name in ("minus", "motion", "net", "over", "under")},
    "refuse?": at_most(16, exactly({"flag": exactly(FLAG),
                                    "reason": one_of("indicator-error", "hold", "expanded", "unit")})),
}
SILENT = {"functionCode": 3, "firstAddress": 0, "registers": 2, "weight": {}, "minus": None, "decimals": 0, "unit": "kg",
          "motion": None, "net": None, "over": None, "under": None, "refuse": []}


def whole_map(said):
    chosen = {**SILENT, **said}
    return {**chosen, "weight": {"at": 0, "type": "int32", "wordOrder": "high-first", **chosen["weight"]}}


def is_sound(options):
    """Everything the map names lies in its block."""
    chosen = whole_map(options["map"])
    flags = [chosen[name] for name in ("minus", "motion", "net", "over", "under") if chosen[name] is not None]
    flags += [each["flag"] for each in chosen["refuse"]]
    flags += [] if isinstance(chosen["decimals"], int) else [each["flag"] for each in chosen["decimals"]]
    weight = chosen["weight"]
    return (weight["at"] + (1 if weight["type"].endswith("16") else 2) <= chosen["registers"] and
            chosen["firstAddress"] + chosen["registers"] <= 65_536 and
            all(each["at"] < chosen["registers"] for each in flags))


def crc16(raw):
    crc = 0xFFFF
    for byte in raw:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return struct.pack("<H", crc)


def rtu(raw, unit_id, chosen):
    """Unit, function, byte count, registers, CRC-16 low byte first."""
    return block(raw[:-2], unit_id, chosen) if len(raw) > 2 and crc16(raw[:-2]) == raw[-2:] else None


def tcp(raw, unit_id, chosen):
    """Transaction 0001, protocol 0000, length, then as RTU without a sum."""
    return block(raw[6:], unit_id, chosen) if raw[:6] == struct.pack(">HHH", 1, 0, len(raw) - 6) else None


def block(body, unit_id, chosen):
    count = chosen["registers"]
    if len(body) != 3 + 2 * count or body[:3] != bytes([unit_id, chosen["functionCode"], 2 * count]):
        return None
    words = struct.unpack(f">{count}H", body[3:])

    def is_set(each):
        return (words[each["at"]] >> each["bit"] & 1) == each.get("when", 1)

    def told(name):
        return None if chosen[name] is None else is_set(chosen[name])

    if any(is_set(each["flag"]) for each in chosen["refuse"]) or told("over") or told("under"):
        return None
    places = chosen["decimals"]
    if not isinstance(places, int):
        places = next((each["places"] for each in places if is_set(each["flag"])), None)
    shown = None if places is None else value_of(words, chosen["weight"], places)
    # A magnitude with a sign of its own beside the sign's bit: the map is wrong.
    if shown is None or (chosen["minus"] is not None and shown < 0):
        return None
    return Shown(-shown if told("minus") else shown, places, None, told("motion"), told("net"))


def value_of(words, weight, places):
    at, kind = weight["at"], weight["type"]
    if kind.endswith("16"):
        return int.from_bytes(struct.pack(">H", words[at]), "big", signed=kind == "int16")
    two = words[at:at + 2] if weight["wordOrder"] == "high-first" else words[at:at + 2][::-1]
    raw = struct.pack(">HH", *two)
    if kind != "float32":
        return int.from_bytes(raw, "big", signed=kind == "int32")
    value, = struct.unpack(">f", raw)
    if not math.isfinite(value):
        return None
    shown = math.floor(abs(value) * 10 ** places + 0.5)
    # Only a number of so many decimals that this float is the nearest to.
    if shown > 2 ** 24 or struct.unpack(">f", struct.pack(">f", shown / 10 ** places))[0] != abs(value):
        return None
    return -shown if value < 0 else shown


def flag(at, bit, when=1):
    return {"at": at, "bit": bit, "when": when}


def laumas(options):
    """Status, gross of two, net of two; magnitudes, their signs in the status."""
    gross = options["shows"] == "gross"
    return {"registers": 5, "weight": {"at": 1 if gross else 3, "type": "uint32"}, "minus": flag(0, 7 if gross else 8),
            "decimals": options["decimals"], "unit": options["unit"], "motion": flag(0, 11, 0), "over": flag(0, 2),
            "refuse": [{"flag": flag(0, bit)} for bit in (0, 1, 3, 4 if gross else 5)]}


def flintec(options):
    """Weight as shown of two, two others, gross of two, status of two, error of two."""
    def status(bit):
        return flag(7 if bit < 16 else 6, bit % 16)

    shown = options["shows"] == "display"
    return {"registers": 10, "weight": {"at": 0 if shown else 4},
            "decimals": [{"flag": status(31 - places), "places": places} for places in range(5)],
            "unit": options["unit"], "motion": status(2), "net": status(3) if shown else None,
            "under": flag(9, 3), "over": flag(9, 4),
            "refuse": [{"flag": flag(9, bit)} for bit in (0, 1, 2, 5, 6)] +
                      [{"flag": status(bit)} for bit in (6, 13, 14, 15)]}


def profile(wire, map_of, shape, silent, *sound):
    return (lambda raw, options: wire(raw, options["unitId"], whole_map(map_of(options))),
            {"unitId": whole(0, 255) if wire is tcp else whole(1, 247), **shape}, {"unitId": 1, **silent}, *sound)


PROFILES = {}
for name, wire in (("rtu", rtu), ("tcp", tcp)):
    PROFILES[f"modbus-{name}"] = profile(wire, lambda options: options["map"], {"map": exactly(MAP)}, {"map": {}}, is_sound)
    PROFILES[f"laumas-{name}"] = profile(
        wire, laumas, {"shows": one_of("gross", "net"), "unit": UNIT, "decimals": whole(0, 4)},
        {"shows": "gross", "unit": "kg", "decimals": 0})
    PROFILES[f"flintec-{name}"] = profile(wire, flintec, {"shows": one_of("display", "gross"), "unit": UNIT},
                                          {"shows": "display", "unit": "kg"})
