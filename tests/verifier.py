#!/usr/bin/env python3
"""Checks Yuanheng evidence bundles from docs/evidence.md alone: the Python standard library and the openssl command.

    verifier.py [--keys FILE] BUNDLE...      one line of JSON for each: {"kind": ..., "part": ..., "code": ...}

It shares no code with the program, and decodes the protocols named in READERS; of another one it says so.
"""
import base64
import calendar
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import zlib

NAMES = re.compile(r"bundle\.json|events\.jsonl|README\.txt|verifier\.html|"
                   r"(?:rules/([0-9a-f]{64})\.json|curves/([0-9a-f]{64})\.deflate|pictures/([0-9a-f]{64})\.jpg)")
HEX64 = re.compile(r"[0-9a-f]{64}")
KEY_ID = re.compile(r"[0-9a-f]{16}")
SIGNATURE = re.compile(r"[A-Za-z0-9+/]{86}==")
LIMITS = {"entries": 65_000, "file": 4_000_000_000, "directory": 16 << 20, "unpacked": 8_000_000_000,
          "manifest": 32 << 20, "line": 16 << 20, "curve": 64 << 20}


class Found(Exception):
    def __init__(self, part, code, detail=""):
        super().__init__(f"{part}: {code} {detail}")
        self.part, self.code, self.detail = part, code, detail


# --- canonical JSON (RFC 8785 over null, booleans, strings, whole numbers, lists and objects) -------------------

def _refuse(text):
    raise ValueError(text)


def parse(text):
    try:
        return json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("too deep") from None


def canonical(value):
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise ValueError("not a safe integer")
        return str(value)
    if isinstance(value, str):
        value.encode("utf-8")  # A lone surrogate has no canonical form.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    raise ValueError("no JSON value of this ledger")


def is_canonical(text, value):
    try:
        return canonical(value) == text
    except (ValueError, RecursionError):
        return False


# --- signatures, by openssl ------------------------------------------------------------------------------------

_known = {}


def signed_by(public_key, message, signature):
    """Whether an Ed25519 signature (base64) of an ASCII message holds for a key (SPKI in base64)."""
    asked = (public_key, message, signature)
    if asked not in _known:
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ("key.der", "message", "signature")]
            try:
                contents = [base64.b64decode(public_key), message.encode(), base64.b64decode(signature)]
            except ValueError:
                return False
            if base64.b64encode(contents[2]).decode() != signature:
                return False
            for path, content in zip(paths, contents):
                with open(path, "wb") as file:
                    file.write(content)
            _known[asked] = subprocess.run(
                ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths[0], "-rawin",
                 "-in", paths[1], "-sigfile", paths[2]], capture_output=True, check=False).returncode == 0
    return _known[asked]


def key_id(public_key):
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]


# --- the container ---------------------------------------------------------------------------------------------

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
            method, = struct.unpack_from("<H", listed, at + 10)
            crc, packed, unpacked = struct.unpack_from("<III", listed, at + 16)
            name_bytes, = struct.unpack_from("<H", listed, at + 28)
            offset, = struct.unpack_from("<I", listed, at + 42)
            if at + 46 + name_bytes > len(listed) or method not in (0, 8):
                raise Found("zip", "form")
            raw = listed[at + 46:at + 46 + name_bytes]
            name = raw.decode("utf-8", "replace")
            if not NAMES.fullmatch(name):
                raise Found("zip", "name")
            if name in self.entries:
                raise Found("zip", "twice")
            common = struct.pack("<HHHHHIIIHH", 20, 0x0800, method, 0, 0x21, crc, packed, unpacked, name_bytes, 0)
            again += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw
            self.entries[name] = (method, crc, packed, unpacked, offset, b"PK\3\4" + common + raw)
            at += 46 + name_bytes
        again += b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, at, start, 0)
        if again != listed:
            raise Found("zip", "form")
        expected = total = 0
        for method, _, packed, unpacked, offset, header in self.entries.values():
            total += unpacked
            if total > LIMITS["unpacked"] or offset != expected or (method == 0 and packed != unpacked):
                raise Found("zip", "form")
            if self.at(offset, len(header)) != header:
                raise Found("zip", "form")
            expected += len(header) + packed
        if expected != start:
            raise Found("zip", "form")

    def at(self, offset, length):
        self.file.seek(offset)
        return self.file.read(length)

    def pieces(self, name):
        """The file unpacked, never more than it declares."""
        method, crc, packed, unpacked, offset, header = self.entries[name]
        at, left, seen, total = offset + len(header), packed, 0, 0
        inflate = zlib.decompressobj(-15) if method == 8 else None
        while left > 0:
            piece = self.at(at, min(left, 1 << 18))
            if not piece:
                raise Found(name, "broken")
            at, left = at + len(piece), left - len(piece)
            while True:
                try:
                    out = piece if inflate is None else inflate.decompress(piece, 1 << 20)
                except zlib.error:
                    raise Found(name, "broken") from None
                total += len(out)
                if total > unpacked:
                    raise Found(name, "broken")
                seen = zlib.crc32(out, seen)
                yield out
                piece = b"" if inflate is None else inflate.unconsumed_tail
                if not piece:
                    break
            if inflate is not None and (inflate.unused_data or (inflate.eof and left > 0)):
                raise Found(name, "broken")
        if total != unpacked or seen != crc or (inflate is not None and not inflate.eof):
            raise Found(name, "broken")

    def whole(self, name, most):
        if name not in self.entries:
            raise Found(name, "missing")
        if self.entries[name][3] > most:
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


# --- keys ------------------------------------------------------------------------------------------------------

class Keys:
    def __init__(self):
        self.known, self.current, self.early = {}, None, []

    def take(self, event, link):
        part = f"event {link['sequence']}"
        if event["type"] == "key-introduced":
            self.introduce(event, link, part)
        elif event["type"] == "key-revoked":
            self.check(event, link, part)
            if event["body"]["keyId"] not in self.known:
                raise Found(part, "unknown-key")
            self.known[event["body"]["keyId"]]["revoked"] = event["body"]["sinceMs"]
        elif link["keyId"] is not None:
            if self.current is None:
                self.early.append(link)
            else:
                self.check(event, link, part)

    def check(self, event, link, part):
        if link["keyId"] is None:
            raise Found(part, "unsigned")
        key = self.known.get(link["keyId"])
        if key is None:
            raise Found(part, "unknown-key")
        if link["keyId"] != self.current:
            raise Found(part, "replaced-key")
        if key["revoked"] is not None and event["timeMs"] >= key["revoked"]:
            raise Found(part, "revoked-key")
        if not signed_by(key["publicKey"], f"yuanheng-event-1:{link['hash']}", link["signature"]):
            raise Found(part, "signature")

    def introduce(self, event, link, part):
        body = event["body"]
        new = body["keyId"]
        proven = (key_id(body["publicKey"]) == new and new not in self.known and
                  signed_by(body["publicKey"], f"yuanheng-key-1:{event['station']}:{new}", body["proof"]))
        if not proven:
            raise Found(part, "key-proof")
        if link["keyId"] is None:
            raise Found(part, "unsigned")
        by_itself = link["keyId"] == new
        before = self.known.get(self.current)
        if not by_itself:
            if before is None or link["keyId"] != self.current:
                raise Found(part, "unknown-key")
            if before["revoked"] is not None and event["timeMs"] >= before["revoked"]:
                raise Found(part, "revoked-key")
        signer = body["publicKey"] if by_itself else before["publicKey"]
        if not signed_by(signer, f"yuanheng-event-1:{link['hash']}", link["signature"]):
            raise Found(part, "signature")
        for early in self.early:
            if early["keyId"] != new:
                raise Found(f"event {early['sequence']}", "unknown-key")
            if not signed_by(body["publicKey"], f"yuanheng-event-1:{early['hash']}", early["signature"]):
                raise Found(f"event {early['sequence']}", "signature")
        self.early = []
        self.known[new] = {"publicKey": body["publicKey"], "revoked": None, "last": None}
        self.current = new


# --- weights from bytes ----------------------------------------------------------------------------------------
# Each reader gives (shown, decimals, unit or None, motion or None, net or None) of one whole frame, or None.

def yaohua(raw, options):
    """02, sign, six digits, decimals, XOR of bytes 2-9 as two characters, 03."""
    if len(raw) != 12 or raw[0] != 2 or raw[11] != 3 or raw[1] not in b"+-" or raw[8] not in b"01234":
        return None
    if not raw[2:8].isdigit():
        return None
    total = 0
    for byte in raw[1:9]:
        total ^= byte
    halves = (total >> 4, total & 15)
    if raw[9:11] not in (bytes("%X%X" % halves, "ascii"), bytes(0x30 + half for half in halves)):
        return None
    shown = int(raw[2:8])
    return (-shown if raw[1:2] == b"-" else shown, raw[8] - 48, None, None, None)


def number(text):
    """Spaces, a sign, digits with at most one point."""
    found = re.fullmatch(rb" *([+-]?) *(\d{0,15})(?:\.(\d*))?", text)
    if found is None or not (found[2] or found[3]):
        return None
    digits = (found[2] or b"") + (found[3] or b"")
    return (found[1] == b"-", int(digits), len(found[3] or b""))


def mettler(raw, options):
    """STX, SWA, SWB, SWC, six of weight, six of tare, CR, CHK (low seven bits of the sum are 0)."""
    raw = bytes(byte & 0x7F for byte in raw)
    if len(raw) != 18 or raw[0] != 2 or raw[16] != 13 or sum(raw) & 0x7F:
        return None
    if not re.fullmatch(rb"[ 0-9]{12}", raw[4:16]):
        return None
    swa, swb, swc = raw[1:4]
    read = number(raw[4:10])
    if read is None or swc & 16 or swb & 4:
        return None
    unit = {0: "kg" if swb & 16 else None, 1: "g", 2: "t"}.get(swc & 7)
    if unit is None:
        return None
    point = (swa & 7) - 2
    zeros = 10 ** -point if point < 0 and options.get("dummyZeros") == "to-be-added" else 1
    shown = read[1] * zeros
    return (-shown if swb & 2 else shown, max(0, point), unit, bool(swb & 8), bool(swb & 1))


def st_gs(raw, options):
    """HH,MM,sign, seven or eight characters, unit, CR LF."""
    found = re.fullmatch(rb"(ST|US|ZR),(GS|NT),([+ -])([ .0-9+-]{7,8})([A-Za-z ]{2})\r\n", raw)
    if found is None:
        return None
    read = number(found[4])
    unit = {b"kg": "kg", b"t": "t", b"g": "g"}.get(found[5].strip().lower())
    if read is None or unit is None:
        return None
    motion = {b"ST": False, b"US": True}.get(found[1])
    return (-read[1] if found[3] == b"-" else read[1], read[2], unit, motion, found[2] == b"NT")


def modbus_rtu(raw, options):
    """Unit, function, byte count, registers, CRC-16 low byte first."""
    defaults = {"functionCode": 3, "registers": 2, "weight": {}, "decimals": 0, "minus": None}
    chosen = {**defaults, **options.get("map", {})}
    count = chosen["registers"]
    if len(raw) != 5 + 2 * count or raw[:3] != bytes([options.get("unitId", 1), chosen["functionCode"], 2 * count]):
        return None
    crc = 0xFFFF
    for byte in raw[:-2]:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    if struct.pack("<H", crc) != raw[-2:] or not isinstance(chosen["decimals"], int):
        return None
    words = struct.unpack(f">{count}H", raw[3:-2])

    def flag(each):
        return None if each is None else (words[each["at"]] >> each["bit"] & 1) == each.get("when", 1)

    if flag(chosen.get("over")) or flag(chosen.get("under")) or any(flag(r["flag"]) for r in chosen.get("refuse", [])):
        return None
    weight = {"at": 0, "type": "int32", "wordOrder": "high-first", **chosen["weight"]}
    wide = weight["type"] in ("int32", "uint32")
    if not wide and weight["type"] not in ("int16", "uint16"):
        return None
    two = words[weight["at"]:weight["at"] + (2 if wide else 1)]
    if weight["wordOrder"] == "low-first":
        two = two[::-1]
    value = int.from_bytes(struct.pack(f">{len(two)}H", *two), "big", signed=weight["type"].startswith("int"))
    if chosen["minus"] is not None:
        if value < 0:
            return None
        value = -value if flag(chosen["minus"]) else value
    return (value, chosen["decimals"], None, flag(chosen.get("motion")), flag(chosen.get("net")))


READERS = {"yaohua-continuous": yaohua, "keli-continuous": yaohua, "mettler-continuous": mettler,
           "jinzhong-continuous": st_gs, "general-measure-continuous": st_gs, "and-continuous": st_gs,
           "kern-continuous": st_gs, "modbus-rtu": modbus_rtu}


def kilograms(raw, instrument, options):
    """The weight a frame says, kg; None when it says none that this instrument can show."""
    read = READERS[instrument["profile"]](raw, options)
    if read is None:
        return None
    shown, decimals, said, motion, net = read
    unit = said or options.get("unit") or options.get("map", {}).get("unit") or "kg"
    steps, unit_kg = 10 ** decimals, 1000 if instrument["unit"] == "t" else 1
    if motion or net or (said is not None and said != instrument["unit"]):
        return None
    if unit_kg % steps or unit_kg // steps > instrument["divisionKg"] or unit == "g":
        return None
    whole, rest = divmod(abs(shown) * (1000 if unit == "t" else 1), steps)
    return None if rest else (-whole if shown < 0 else whole)


# --- one weighing ----------------------------------------------------------------------------------------------

def check_weight(part, body):
    instrument = body["instrument"]
    if instrument["profile"] not in READERS:
        raise SystemExit(f"this verifier does not know {instrument['profile']}")
    text = instrument.get("options", "{}")
    options = {"unit": instrument["unit"]} if text == "{}" else json.loads(text)
    kg = None
    for raw in body["frames"]:
        kg = kilograms(bytes.fromhex(raw), instrument, options)
        if kg is None:
            raise Found(part, "frames")
    if kg is None:
        raise Found(part, "frames")
    named = body["tareKg"] if body["kind"] == "tare" else body["grossKg"]
    if kg != body["weighedKg"] or named != body["weighedKg"]:
        raise Found(part, "weight")


def check_curve(part, body, packed):
    inflate = zlib.decompressobj(-15)
    try:
        text = inflate.decompress(packed, LIMITS["curve"])
    except zlib.error:
        raise Found(part, "curve") from None
    if inflate.unconsumed_tail or not inflate.eof:
        raise Found(part, "curve")
    lines = [line for line in text.decode("utf-8", "replace").split("\n") if not line.startswith("#")]
    frames = body["frames"]
    tail = [(line.split(" ") + [""])[1] for line in lines[-len(frames):]]
    if tail != frames:
        raise Found(part, "curve")


def check_tare(part, body, tares):
    if body["kind"] == "tare":
        return
    if body["tareNumber"] is None:
        if body["tareKg"] is not None or body["netKg"] is not None:
            raise Found(part, "tare")
        return
    tare = tares.get(body["tareNumber"])
    if tare != (body["tareKg"], body["plate"], body["colour"]) or body["netKg"] != body["grossKg"] - body["tareKg"]:
        raise Found(part, "tare")


OBSTACLES = {"below-minimum", "above-maximum", "not-from-zero", "verification-expired", "settings-invalid",
             "clock-backwards", "key-unusable", "ledger-contradicted"}
REFUSE = {"overload", "above-other-limit", "net-above-licence-load", "no-plate", "plates-disagree", "blacklisted",
          "credential-expired", "emission-below", "quota-used-up", "contract-not-in-force"}


def check_decision(part, body, rules):
    decision, case = body["decision"], body.get("case")
    if body["kind"] == "tare" or decision is None:
        if body["kind"] == "gross" or decision is not None:
            raise Found(part, "decision")
        return
    if decision.get("ruleSetSha256") is None or case is None:
        raise SystemExit("records of program 0.1 are not for this verifier")
    if rules is None:
        raise Found(part, "rules")
    if case["grossKg"] != body["grossKg"] or case["facts"] != body["facts"]:
        raise Found(part, "decision")
    tare = case["tare"]
    if tare is not None and tare["valid"] and (tare["number"], tare["kg"]) != (body["tareNumber"], body["tareKg"]):
        raise Found(part, "decision")
    gross = case["grossKg"]
    legal = legal_limit(case["facts"], rules) if rules["effectiveFrom"]["date"] <= case["date"] else None
    if (decision["ruleSet"], decision["ruleSetVersion"]) != (rules["id"], rules["version"]):
        raise Found(part, "decision")
    others = other_limits(case)
    lowest = None if legal is None else min([legal] + [kg for _, kg in others])
    codes = [reason["code"] for reason in decision["reasons"]]
    effects = ["obstacle" if code in OBSTACLES else "refuse" if code in REFUSE else "doubt" for code in codes]
    outcome = ("cannot-decide" if "obstacle" in effects else "refuse" if "refuse" in effects
               else "cannot-decide" if effects else "allow")
    says = (decision["limitKg"], decision["overKg"], decision["leftKg"], decision["outcome"],
            "overload" in codes, "above-other-limit" in codes,
            [reason for reason in decision["reasons"] if reason["code"] in OBSTACLES])
    is_so = (lowest, 0 if lowest is None else max(0, gross - lowest),
             None if lowest is None else max(0, lowest - gross), outcome, legal is not None and gross > legal,
             any(gross > kg for kind, kg in others if kind not in NET_LIMITS),
             [reason for reason in case["obstacles"] if reason["code"] in OBSTACLES])
    if says != is_so:
        raise Found(part, "decision")
    listed = [(limit["kind"], limit["kg"]) for limit in decision["limits"] if limit["kind"] != "axle-sum"]
    if sorted(listed) != sorted(([] if legal is None else [("legal", legal)]) + others):
        raise Found(part, "decision")
    for kind, kg in others:
        if kind in NET_LIMITS and (NET_LIMITS[kind] in codes) != (gross > kg):
            raise Found(part, "decision")


def axles_of(layout):
    return sum(map(int, layout.split("+")))


def legal_limit(facts, rules):
    """Art. 3 and the recognition standard from the rule set's own rows: what is not stated makes it stricter."""
    axles, layout, drive, wanted = facts["axles"], facts["layout"], facts["driveAxles"], facts["vehicleClass"]
    if axles is None or (layout is not None and axles_of(layout) != axles):
        return None
    licence = facts["registeredGrossKg"]
    if any(each["purpose"] == facts["purpose"] for each in rules["licenceOnly"]):
        return licence
    rows = [row for row in rules["rows"] if row["axles"] == axles or (row.get("andMore") and axles > row["axles"])]
    rows = [row for row in rows if drive is None or row.get("driveAxles") in (None, drive)]
    classes = [wanted] if wanted is not None else sorted({each for row in rows for each in row["classes"]})
    fitting = []
    for each in classes:
        of_class = [row for row in rows if each in row["classes"]]
        of_layout = [row for row in of_class if layout is not None and row["layout"] == layout]
        fitting += of_layout or of_class
    if not fitting:
        return None
    kg = min(row["limitKg"] for row in fitting)
    for each in rules["raises"]:
        if (each["class"] == wanted and each["axles"] == axles and facts["airSuspension"] and not facts["wideTyres"] and
                (facts["trailerAxleSpacingMm"] or 0) >= each.get("minTrailerAxleSpacingMm", 0)):
            kg += each["raiseKg"]
            break
    if facts["singleTyredAxles"] > 0 and not facts["wideTyres"]:
        kg = max(0, kg - facts["singleTyredAxles"] * rules["singleTyred"]["reductionKgPerAxle"])
    own = rules["licenceGross"]
    if licence is not None and axles == own["axles"] and wanted in (None, own["class"]):
        kg = min(kg, licence)
    return kg


# Limits on the net, made limits of the gross by a valid tare; a reason of their own says that they were exceeded.
NET_LIMITS = {"licence-load": "net-above-licence-load", "quota": "quota-used-up"}


def other_limits(case):
    facts, policy, found = case["facts"], case["policy"], []
    single = facts["vehicleClass"] in (None, "rigid") and (facts["axles"] or 0) > 2
    if policy["licenceGross"] and single and facts["registeredGrossKg"] is not None:
        found.append(("licence-gross", facts["registeredGrossKg"]))
    if case["route"] is not None:
        found.append(("route", case["route"]["limitKg"]))
    white = case["listed"] is not None and case["listed"]["list"] == "white"
    if policy["yardLimitKg"] is not None and not white:
        found.append(("yard", policy["yardLimitKg"]))
    tare = case["tare"]
    if case.get("version", 1) >= 2 and tare is not None and tare["valid"]:
        if policy["licenceLoad"] and case["licenceLoadKg"] is not None:
            found.append(("licence-load", tare["kg"] + case["licenceLoadKg"]))
        if policy["quota"] and case["quotaLeftKg"] is not None and not white:
            found.append(("quota", tare["kg"] + max(0, case["quotaLeftKg"])))
    return found


# --- the bundle ------------------------------------------------------------------------------------------------

MANIFEST = {"format", "station", "stationName", "mode", "subject", "run", "numbers", "head", "missing", "files"}
LINE = {"hash", "keyId", "previousHash", "sequence", "signature", "text"}
ENVELOPE = {"v", "station", "mode", "sequence", "timeMs", "bootId", "monotonicMs", "clockSource", "type", "body"}


# Events that name pictures of a weighing beside the weighing itself.
PICTURES = {"release-granted": lambda body: [body["picture"]],
            "pictures-taken": lambda body: [shot["sha256"] for shot in body["shots"] if shot["sha256"]],
            "exit-seen": lambda body: body["pictures"]}


def whole_number(value, least=1):
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def read_manifest(archive):
    text = text_of(archive.whole("bundle.json", LIMITS["manifest"]), "bundle.json")
    try:
        manifest = parse(text)
    except ValueError:
        raise Found("bundle.json", "form") from None
    try:
        well = (is_canonical(text, manifest) and set(manifest) == MANIFEST and
                manifest["format"] == "yuanheng-evidence-1" and manifest["mode"] in ("real", "drill") and
                set(manifest["subject"]) in ({"number"}, {"from", "to"}) and
                (manifest["run"] is None or all(map(whole_number, (manifest["run"]["from"], manifest["run"]["to"])))) and
                all(map(whole_number, manifest["numbers"])) and HEX64.fullmatch(manifest["head"]["hash"]) and
                whole_number(manifest["head"]["sequence"]) and all(isinstance(n, str) for n in manifest["missing"]) and
                all(set(f) == {"name", "bytes", "sha256"} and HEX64.fullmatch(f["sha256"]) and
                    whole_number(f["bytes"], 0) and isinstance(f["name"], str) for f in manifest["files"]))
        if well and "from" in manifest["subject"]:
            period_ms(manifest["subject"])
    except (TypeError, KeyError, ValueError):
        well = False
    if not well:
        raise Found("bundle.json", "form")
    return manifest


def check_files(archive, manifest):
    listed = set()
    for file in manifest["files"]:
        name = file["name"]
        if name not in archive.entries or name in listed or name == "bundle.json":
            raise Found(name, "missing")
        listed.add(name)
        digest = hashlib.sha256()
        for piece in archive.pieces(name):
            digest.update(piece)
        named = [group for group in NAMES.fullmatch(name).groups() if group]
        if archive.entries[name][3] != file["bytes"] or any(h != digest.hexdigest() for h in [file["sha256"], *named]):
            raise Found(name, "hash")
    for name in archive.entries:
        if name != "bundle.json" and name not in listed:
            raise Found(name, "unlisted")
    if "events.jsonl" not in listed:
        raise Found("events.jsonl", "missing")
    return listed


def period_ms(subject):
    """Chinese days, both included: UTC+8, no daylight saving."""
    def day(text):
        return calendar.timegm(time.strptime(text, "%Y-%m-%d")) * 1000 - 8 * 3_600_000

    return day(subject["from"]), day(subject["to"]) + 86_400_000


def read_link(line):
    try:
        link = parse(line)
        well = (set(link) == LINE and is_canonical(line, link) and HEX64.fullmatch(link["hash"]) and
                HEX64.fullmatch(link["previousHash"]) and whole_number(link["sequence"]) and
                isinstance(link["text"], str) and (link["keyId"] is None) == (link["signature"] is None) and
                (link["keyId"] is None or (KEY_ID.fullmatch(link["keyId"]) and SIGNATURE.fullmatch(link["signature"]))))
    except (ValueError, TypeError):
        well = False
    if not well:
        raise Found("events.jsonl", "line")
    return link


def read_event(link, part):
    digest = hashlib.sha256(bytes.fromhex(link["previousHash"]) + link["text"].encode("utf-8")).hexdigest()
    if digest != link["hash"]:
        raise Found(part, "event-hash")
    try:
        event = parse(link["text"])
        if not ENVELOPE <= set(event) or event["v"] != 1 or not isinstance(event["body"], dict):
            raise ValueError
    except (ValueError, TypeError):
        raise Found(part, "event-form") from None
    if event["sequence"] != link["sequence"]:
        raise Found(part, "sequence")
    if not is_canonical(link["text"], event):
        raise Found(part, "event-form")
    return event


def verify(path, published):
    archive = Zip(path)
    try:
        return verify_open(archive, published)
    finally:
        archive.file.close()


def verify_open(archive, published):
    manifest = read_manifest(archive)
    here = check_files(archive, manifest)
    keys, tares, rules, checked, expected = Keys(), {}, {}, set(), set(manifest["numbers"])
    run, head, before, covered, head_seen, last_number = manifest["run"], manifest["head"], None, False, False, 0

    def need(name, part, code):
        if name not in here and name not in manifest["missing"]:
            raise Found(part, code)
        return name in here

    for line in archive.lines("events.jsonl"):
        link = read_link(line)
        sequence = link["sequence"]
        part = f"event {sequence}"
        if before is not None and sequence <= before["sequence"]:
            raise Found(part, "order")
        follows = before is not None and sequence == before["sequence"] + 1
        if before is not None and not follows and not covered:
            raise Found(f"event {before['sequence']}", "unsigned")
        event = read_event(link, part)
        if (event["station"], event["mode"]) != (manifest["station"], manifest["mode"]):
            raise Found(part, "identity")
        previous = before["hash"] if follows else "0" * 64 if sequence == 1 else None
        if previous is not None and link["previousHash"] != previous:
            raise Found(part, "previous")
        if run is not None and run["from"] < sequence <= run["to"] and not follows:
            raise Found(part, "gap")
        if run is not None and "from" in manifest["subject"]:
            start, end = period_ms(manifest["subject"])
            if (sequence == run["from"] != 1 and event["timeMs"] >= start) or \
                    (sequence == run["to"] != head["sequence"] and event["timeMs"] < end):
                raise Found(part, "gap")
        keys.take(event, link)
        covered = link["keyId"] is not None and keys.current is not None
        if covered:
            key = keys.known[link["keyId"]]
            key["last"] = max(key["last"] or event["timeMs"], event["timeMs"])
        if sequence == head["sequence"]:
            if link["hash"] != head["hash"]:
                raise Found(part, "head")
            head_seen = True
        before = link
        body = event["body"]
        if event["type"] in PICTURES and body["number"] in checked:
            for sha256 in PICTURES[event["type"]](body):
                need(f"pictures/{sha256}.jpg", f"weighing {body['number']}", "picture")
        if event["type"] != "weighing":
            continue
        part = f"weighing {body['number']}"
        if body["number"] <= last_number:
            raise Found(part, "order")
        last_number = body["number"]
        if body["kind"] == "tare":
            tares[body["number"]] = (body["weighedKg"], body["plate"], body["colour"])
        if body["number"] not in expected:
            if run is not None and run["from"] < sequence < run["to"]:
                raise Found(part, "absent")
            continue
        expected.discard(body["number"])
        check_weight(part, body)
        curve = body["curveSha256"] and f"curves/{body['curveSha256']}.deflate"
        if curve is not None and need(curve, part, "curve"):
            check_curve(part, body, archive.whole(curve, LIMITS["curve"]))
        for sha256 in body["pictures"]:
            need(f"pictures/{sha256}.jpg", part, "picture")
        check_tare(part, body, tares)
        named = (body["decision"] or {}).get("ruleSetSha256")
        name = named and f"rules/{named}.json"
        if name in here and name not in rules:
            rules[name] = json.loads(text_of(archive.whole(name, LIMITS["line"]), name))
        check_decision(part, body, rules.get(name))
        checked.add(body["number"])
    if before is None:
        raise Found("events.jsonl", "line")
    if not covered:
        raise Found(f"event {before['sequence']}", "unsigned")
    if run is not None and before["sequence"] < run["to"]:
        raise Found(f"event {before['sequence'] + 1}", "gap")
    if not head_seen:
        raise Found(f"event {head['sequence']}", "head")
    for number_ in manifest["numbers"]:
        if number_ in expected:
            raise Found(f"weighing {number_}", "absent")
    subject = manifest["subject"]
    if "number" in subject and subject["number"] not in manifest["numbers"]:
        raise Found(f"weighing {subject['number']}", "absent")
    if "number" not in subject and run is None:
        raise Found("bundle.json", "form")
    if published is not None:
        check_published(published, manifest["station"], keys)
    return "incomplete" if manifest["missing"] else "holds"


def check_published(published, station, keys):
    if published["station"] != station:
        raise Found("keys", "other-station")
    named = {key["id"]: key for key in published["keys"]}
    for each, key in keys.known.items():
        if named.get(each, {}).get("publicKey") != key["publicKey"]:
            raise Found("keys", "not-published")
        revoked = named[each]["revokedSinceMs"]
        if revoked is not None and key["last"] is not None and key["last"] >= revoked:
            raise Found("keys", "revoked-key")


def read_published(path):
    with open(path, encoding="utf-8") as file:
        published = parse(file.read())
    body = {name: value for name, value in published.items() if name != "signature"}
    message = f"yuanheng-keys-1:{hashlib.sha256(canonical(body).encode('utf-8')).hexdigest()}"
    signer = next(key for key in published["keys"] if key["id"] == published["signedBy"])
    if any(key_id(key["publicKey"]) != key["id"] for key in published["keys"]) or \
            not signed_by(signer["publicKey"], message, published["signature"]):
        raise SystemExit("the published keys do not hold")
    return published


def main(arguments):
    published = None
    if arguments[:1] == ["--keys"]:
        published, arguments = read_published(arguments[1]), arguments[2:]
    fails = False
    for path in arguments:
        try:
            verdict = {"kind": verify(path, published)}
        except Found as found:
            verdict = {"kind": "fails", "part": found.part, "code": found.code}
            fails = True
        print(json.dumps(verdict, ensure_ascii=False))
    return 1 if fails else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
