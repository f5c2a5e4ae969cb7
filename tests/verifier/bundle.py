"""A bundle as a whole: what is in it, in which order it is looked at."""
import calendar
import functools
import hashlib
import re
import time

from branches import Branches, check_anchors
from canonical import is_canonical, parse
from container import NAMES, Zip, text_of
from found import LIMITS, Found
from keys import Keys, check_published
from rules import read_rules
from shapes import fits
from weighing import WEIGHING, check_curve, check_decision, check_stated, check_tare, check_weight, check_whole_curve

HEX64 = re.compile(r"[0-9a-f]{64}")
KEY_ID = re.compile(r"[0-9a-f]{16}")
SIGNATURE = re.compile(r"[A-Za-z0-9+/]{86}==")
MANIFEST = {"format", "station", "stationName", "mode", "subject", "run", "numbers", "head", "missing", "files"}
LINE = {"hash", "keyId", "previousHash", "sequence", "signature", "text"}
ENVELOPE = {"v", "station", "mode", "sequence", "timeMs", "bootId", "monotonicMs", "clockSource", "type", "body"}


# Events that name pictures of a weighing beside the weighing itself.
PICTURES = {"release-granted": lambda body: [body["picture"]],
            "pictures-taken": lambda body: [shot["sha256"] for shot in body["shots"] if shot["sha256"]],
            "exit-seen": lambda body: body["pictures"],
            "plate-told-late": lambda body: body["pictures"]}


def papers_pictured(body):
    """The scanned papers of a vehicle and its trailer, where somebody pictured them at the scale."""
    papers = [body.get("papers") or {}, (body.get("trailer") or {}).get("papers") or {}]
    return [each[name] for each in papers for name in each if name.endswith("Picture") and each[name]]


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
        if archive.entries[name][1] != file["bytes"] or any(h != digest.hexdigest() for h in [file["sha256"], *named]):
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
        if event["type"] == "weighing" and not fits(event["body"], WEIGHING):
            raise ValueError
    except (ValueError, TypeError):
        raise Found(part, "event-form") from None
    if event["sequence"] != link["sequence"]:
        raise Found(part, "sequence")
    if not is_canonical(link["text"], event):
        raise Found(part, "event-form")
    return event


def read_here(archive, here, name):
    """A rule set of the bundle, None when it is not here or is none; without a name all of them."""
    if name is None:
        found = [read_here(archive, here, each) for each in sorted(here) if each.startswith("rules/")]
        return [rules for rules in found if rules is not None]
    return read_rules(text_of(archive.whole(name, LIMITS["line"]), name)) if name in here else None


def rules_named(decision, rules_here):
    """The rule sets a decision is made by: the one it names, or, of program 0.1, the one of its id."""
    sha256 = decision.get("ruleSetSha256")
    if sha256 is None:
        return [(rules, None) for rules in rules_here(None) if rules["id"] == decision.get("ruleSet")]
    rules = rules_here(f"rules/{sha256}.json")
    return None if rules is None else [(rules, sha256)]


def verify(path, published, anchors=()):
    archive = Zip(path)
    try:
        return verify_open(archive, published, anchors)
    finally:
        archive.file.close()


def verify_open(archive, published, anchors):
    manifest = read_manifest(archive)
    here = check_files(archive, manifest)
    branches, named = Branches(), False
    keys, tares, stated, checked, expected = Keys(), {}, set(), set(), set(manifest["numbers"])
    rules_here = functools.cache(lambda name: read_here(archive, here, name))
    saved = (None, None)
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
        named = named or event["type"] == "store-created"
        if event["type"] == "store-created" and event["body"]["stationName"] != manifest["stationName"]:
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
        branches.take(event, link, part)
        if sequence == head["sequence"]:
            head = {**head, "timeMs": event["timeMs"]}
            if link["hash"] != head["hash"]:
                raise Found(part, "head")
            head_seen = True
        before = link
        body = event["body"]
        if event["type"] == "vehicle-stated":
            stated.add(body["plate"])
            for sha256 in papers_pictured(body):
                need(f"pictures/{sha256}.jpg", part, "picture")
        if event["type"] in PICTURES and body["number"] in checked:
            for sha256 in PICTURES[event["type"]](body):
                need(f"pictures/{sha256}.jpg", f"weighing {body['number']}", "picture")
        if event["type"] == "crossing-closed" and body.get("curveSha256") and body["number"] in checked:
            part = f"weighing {body['number']}"
            whole = f"curves/{body['curveSha256']}.deflate"
            if need(whole, part, "curve"):
                check_whole_curve(part, body, archive.whole(whole, LIMITS["curve"]),
                                  saved[1] if saved[0] == body["number"] else None)
        if event["type"] != "weighing":
            continue
        part = f"weighing {body['number']}"
        if body["number"] <= last_number:
            raise Found(part, "order")
        last_number = body["number"]
        if body["kind"] == "tare":
            tares[body["number"]] = (body["weighedKg"], body["plate"], body["colour"], body.get("trailerPlate"))
        if body["number"] not in expected:
            if run is not None and run["from"] < sequence < run["to"]:
                raise Found(part, "absent")
            continue
        expected.discard(body["number"])
        check_weight(part, body)
        curve = body["curveSha256"] and f"curves/{body['curveSha256']}.deflate"
        if curve is not None and need(curve, part, "curve"):
            saved = (body["number"], check_curve(part, body, archive.whole(curve, LIMITS["curve"])))
        for sha256 in body["pictures"]:
            need(f"pictures/{sha256}.jpg", part, "picture")
        check_tare(part, body, tares)
        check_stated(part, body, stated)
        check_decision(part, body, rules_named(body["decision"] or {}, rules_here))
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
    if not named:
        raise Found("bundle.json", "identity")
    if published is not None:
        check_published(published, manifest["station"], keys)
    check_anchors(anchors, manifest, keys, branches, head)
    return "incomplete" if manifest["missing"] else "holds"


