"""One weighing: its weight, its curve, its tare, its decision."""
import zlib

from case import CASE, DECISION, FACTS, OBSTACLES, case_of, decision_of, facts_of
from canonical import canonical
from found import LIMITS, Found
from frames import frame_reader
from judge import judge
from shapes import at_most, fits, matches, one_of, or_null, text, whole

KG, SHA256 = whole(), matches("[0-9a-f]{64}")
# What is read of it; the record says more.
WEIGHING = {
    "number": whole(1), "kind": one_of("tare", "gross"), "plate": text(512), "colour": text(), "facts": FACTS,
    "weighedKg": KG, "grossKg": or_null(KG), "tareKg": or_null(KG), "tareNumber": or_null(KG), "netKg": or_null(KG),
    "decision": or_null(DECISION), "case?": or_null(lambda value: case_of(value) is not None),
    "pictures": at_most(16, SHA256), "frames": at_most(4000, matches("([0-9a-f]{2})+")),
    "curveSha256": or_null(SHA256),
    "instrument": {"profile": text(512), "options?": text(4000), "unit": one_of("kg", "t"), "divisionKg": KG},
}
UNPLATED = "无牌"
# With the rules a decision names, everything is the same. Program 0.1 wrote less, and that is the same.
WHOLE = ("outcome", "limitKg", "overKg", "leftKg", "limits", "missing", "reasons", "waived", "clauses", "ruleSet",
         "ruleSetVersion", "ruleSetSha256", "date")
OLD = ("outcome", "limitKg", "overKg", "leftKg", "missing")


def check_weight(part, body):
    read, kg = frame_reader(body["instrument"]), None
    for raw in body["frames"] if read is not None else ():
        kg = read(raw)
        if kg is None:
            break
    if kg is None:
        raise Found(part, "frames")
    named = body["tareKg"] if body["kind"] == "tare" else body["grossKg"]
    if kg != body["weighedKg"] or named != body["weighedKg"]:
        raise Found(part, "weight")


def unpacked(part, packed):
    inflate = zlib.decompressobj(-15)
    try:
        text = inflate.decompress(packed, LIMITS["curve"])
    except zlib.error:
        raise Found(part, "curve") from None
    if inflate.unconsumed_tail or not inflate.eof:
        raise Found(part, "curve")
    return text


def check_curve(part, body, packed):
    """The recorded frames are the last ones of the curve up to then, which is returned."""
    text = unpacked(part, packed)
    lines = [line for line in text.decode("utf-8", "replace").split("\n") if not line.startswith("#")]
    frames = body["frames"]
    tail = [(line.split(" ") + [""])[1] for line in lines[-len(frames):]]
    if tail != frames:
        raise Found(part, "curve")
    return text


def check_whole_curve(part, body, packed, saved):
    """Of a crossing that nothing interrupted, the whole curve begins with the one up to its record."""
    whole = unpacked(part, packed)
    if saved is not None and not body["interrupted"] and b"#" not in whole and not whole.startswith(saved):
        raise Found(part, "curve")


def check_tare(part, body, tares):
    if body["kind"] == "tare":
        return
    if body["tareNumber"] is None:
        if body["tareKg"] is not None or body["netKg"] is not None:
            raise Found(part, "tare")
        return
    tare = tares.get(body["tareNumber"])
    # Before version 3 a tare was of the tractor alone, whatever was behind it.
    if tare is not None and is_version_3(body) and tare[3] != body.get("trailerPlate"):
        raise Found(part, "tare")
    if tare is None or tare[:3] != (body["tareKg"], body["plate"], body["colour"]) or body["netKg"] != body["grossKg"] - body["tareKg"]:
        raise Found(part, "tare")


def is_version_3(body):
    return (body.get("case") or {}).get("version", 1) >= 3


def check_stated(part, body, stated):
    """Facts that a person stated at the scale: the statement is there."""
    if is_version_3(body) and body["factsSource"] == "operator" and body["plate"] not in stated:
        raise Found(part, "facts")


def check_decision(part, body, rule_sets):
    """`rule_sets`: pairs of rules and their SHA-256; None when the bundle lacks those the decision names."""
    if body["kind"] == "tare" or body["decision"] is None:
        if body["kind"] == "gross" or body["decision"] is not None:
            raise Found(part, "decision")
        return
    said, old = decision_of(body["decision"]), body.get("case") is None
    if rule_sets is None:
        raise Found(part, "rules")
    if old and body["grossKg"] is None:
        raise Found(part, "decision")
    case = old_case(body, said) if old else case_of(body["case"])
    tare = case["tare"]
    if case["grossKg"] != body["grossKg"] or case["facts"] != facts_of(body["facts"]) or (
            tare is not None and tare["valid"] and
            (tare["number"], tare["kg"]) != (body["tareNumber"], body["tareKg"])):
        raise Found(part, "decision")
    again = judge(case, rule_sets)
    if any(canonical(said[name]) != canonical(again[name]) for name in (OLD if old else WHOLE)):
        raise Found(part, "decision")
    for name, by in (("reasons", "code"), ("clauses", "id")):
        if [each[by] for each in said[name]] != [each[by] for each in again[name]]:
            raise Found(part, "decision")


def old_case(body, decision):
    """Records of program 0.1 kept no case, and nothing but weight decided."""
    silent = {name.rstrip("?"): None for name in CASE}
    weight_only = {"noPlate": False, "platesDisagree": False, "credentials": [], "credentialsMissing": False,
                   "driverPapers": False, "driverRequired": False, "blacklist": False, "axleCount": False,
                   "licenceLoad": False, "licenceGross": False, "destinationRegistered": False}
    case = case_of({
        **{name: value for name, value in silent.items() if f"{name}?" not in CASE},
        "date": decision["date"], "grossKg": body["grossKg"], "facts": body["facts"], "sources": {},
        "plates": {"front": None if body["plate"] == UNPLATED else body["plate"], "rear": None, "trailer": None},
        "tare": None if None in (body["tareKg"], body["tareNumber"]) else
        {"number": body["tareNumber"], "kg": body["tareKg"], "valid": True},
        "tareRequired": any(each["code"] == "tare-missing" for each in decision["reasons"]), "credentials": [],
        "obstacles": [each for each in decision["reasons"] if each["code"] in OBSTACLES], "policy": weight_only})
    if case is None:
        raise Found(f"weighing {body['number']}", "decision")
    return case
