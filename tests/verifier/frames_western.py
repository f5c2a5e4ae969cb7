"""Mettler-Toledo, the ST,GS family, and other lines of text."""
import re

from numbers_shown import Shown, number, unit_of
from shapes import matches, one_of, or_null, truth

LETTERS = rb"([A-Za-z ]{2})"
ST_GS = re.compile(rb"(?:@([0-9]{2}))?(ST|US|ZR),(GS|NT),([+ -])([ .0-9]{7,8})" + LETTERS + rb"\r\n")
CAS = re.compile(rb"(ST|US),(GS|NT),.(.),([ +\-.0-9]{8}) " + LETTERS + rb"\r\n", re.DOTALL)
RICE_LAKE = re.compile(rb"\x02([ -])([ .0-9]{7})([KTG])([GN])([ MZ])\r\n")
CARDINAL = re.compile(rb"\r([ +-])([ .0-9]{6})([ mM]) " + LETTERS + rb" ([gnGN])  \x03")
WEIGHTRONIX = re.compile(rb" ([GN])([+ -])([ .0-9]{6}) " + LETTERS + rb"\r\n")
SMA = re.compile(rb"\n[ Z][ 0-9]([GN])([ M])[ -~]([ +\-.0-9]{10})([A-Za-z ]{3})\r")
DINI = re.compile(rb"([0-9]{2})?(ST|US),(GS|NT),([ -~]*),([ -~]*?)\r\n")
SICS = re.compile(rb"S ([SD]) ([ -~]+) ([!-~]*)\r\n")


def mettler(raw, options):
    """STX, SWA, SWB, SWC, six of weight, perhaps six of tare, CR, perhaps CHK. Highest bits are parity."""
    raw = bytes(byte & 0x7F for byte in raw)
    standard, summed = options["frame"] == "standard", options["checksum"]
    end = 16 if standard else 10
    if len(raw) != end + (2 if summed else 1) or raw[0] != 2 or raw[end] != 13:
        return None
    if (summed and sum(raw) & 0x7F) or not re.fullmatch(rb"[ 0-9]+", raw[4:end]):
        return None
    swa, swb, swc = raw[1:4]
    read = number(raw[4:10], minus=bool(swb & 2))
    if read is None or swc & 16 or swb & 4:
        return None
    unit = {0: "kg" if swb & 16 else None, 1: "g", 2: "t"}.get(swc & 7)
    if unit is None:
        return None
    point = (swa & 7) - 2
    zeros = 10 ** -point if point < 0 and options["dummyZeros"] == "to-be-added" else 1
    return Shown(read[0] * zeros, max(0, point), unit, bool(swb & 8), bool(swb & 1))


def of_fields(read, unit, motion, net):
    return None if read is None or unit is None else Shown(*read, unit, motion, net)


def st_gs(raw, options):
    """HH,MM,sign, seven or eight characters, unit, CR LF; behind `@nn` where it has an address."""
    found = ST_GS.fullmatch(raw)
    if found is None or (found[1] and found[1].decode()) != options["address"]:
        return None
    read = number(found[5], minus=found[4] == b"-")
    return of_fields(read, unit_of(found[6]), found[2] == b"US", found[3] == b"NT")


def cas(raw, options):
    """ST,GS, id, lamps, eight characters, unit. Lamps: b6 stable, b4 hold."""
    found = CAS.fullmatch(raw)
    if found is None or found[3][0] & 0x10:
        return None
    moving = found[1] == b"US" or not found[3][0] & 0x40
    return of_fields(number(found[4]), unit_of(found[5]), moving, found[2] == b"NT")


def rice_lake(raw, options):
    found = RICE_LAKE.fullmatch(raw)
    return found and of_fields(number(found[2], minus=found[1] == b"-"),
                               {b"K": "kg", b"T": "t", b"G": "g"}[found[3]], found[5] == b"M", found[4] == b"N")


def cardinal(raw, options):
    found = CARDINAL.fullmatch(raw)
    return found and of_fields(number(found[2], minus=found[1] == b"-"), unit_of(found[4]),
                               found[3] in b"mM", found[5] in b"nN")


def weightronix(raw, options):
    found = WEIGHTRONIX.fullmatch(raw)
    return found and of_fields(number(found[3], minus=found[2] == b"-"), unit_of(found[4]), None, found[1] == b"N")


def sma(raw, options):
    found = SMA.fullmatch(raw)
    return found and of_fields(number(found[3]), unit_of(found[4]), found[2] == b"M", found[1] == b"N")


def dini(raw, options):
    """ST,GS,number,unit; behind two digits where it has an address."""
    found = DINI.fullmatch(raw) if len(raw) <= 32 else None
    if found is None or (found[1] and found[1].decode()) != options["address"]:
        return None
    return of_fields(number(found[4]), unit_of(found[5]), found[2] == b"US", found[3] == b"NT")


def sics(raw, options):
    """S S number unit: stable; S D: moving."""
    found = SICS.fullmatch(raw) if len(raw) <= 40 else None
    return found and of_fields(number(found[2]), unit_of(found[3]), found[1] == b"D", None)


def mettlers(frame, checksum):
    return (mettler, {"frame": one_of("standard", "short"), "checksum": truth,
                      "dummyZeros": one_of("in-field", "to-be-added")},
            {"frame": frame, "checksum": checksum, "dummyZeros": "in-field"})


ADDRESSED = ({"address": or_null(matches("[0-9]{2}"))}, {"address": None})
PROFILES = {
    "mettler-continuous": mettlers("standard", True), "mettler-continuous-no-checksum": mettlers("standard", False),
    "mettler-short": mettlers("short", True), "mettler-short-no-checksum": mettlers("short", False),
    "mt-sics": (sics, {"ask": one_of("SI", "S", "SIR")}, {"ask": "SI"}),
    "jinzhong-continuous": (st_gs, *ADDRESSED), "general-measure-continuous": (st_gs, *ADDRESSED),
    "and-continuous": (st_gs, *ADDRESSED), "and-command": (st_gs, *ADDRESSED), "kern-continuous": (st_gs, *ADDRESSED),
    "cas-22": (cas, {}, {}), "rice-lake": (rice_lake, {}, {}), "cardinal": (cardinal, {}, {}),
    "weightronix": (weightronix, {}, {}), "sma": (sma, {}, {}),
    "dini-argeo-continuous": (dini, *ADDRESSED), "dini-argeo-command": (dini, *ADDRESSED),
}
