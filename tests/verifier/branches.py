"""A ledger that was put back from a backup: its branches, and what was laid down outside."""
import hashlib

from canonical import is_canonical, parse
from found import Found
from signatures import signed_by


class Branches:
    def __init__(self):
        self.hashes, self.restores, self.numbers_used_to = {0: "0" * 64}, [], 0

    def take(self, event, link, part):
        sequence, body = link["sequence"], event["body"]
        self.hashes[sequence - 1], self.hashes[sequence] = link["previousHash"], link["hash"]
        epoch = self.restores[-1]["epoch"] if self.restores else 0
        if event["type"] == "store-restored":
            restored = {"epoch": 1, "numbersUsedTo": None, **body}
            stands = self.hashes.get(restored["headSequence"])
            if restored["headSequence"] >= sequence or stands not in (None, restored["headHash"]):
                raise Found(part, "forked")
            if restored["epoch"] <= epoch:
                raise Found(part, "epoch")
            self.restores.append(restored)
            self.numbers_used_to = max(self.numbers_used_to, restored["numbersUsedTo"] or 0)
        elif event["type"] in ("checkpoint", "shift-closed") and body.get("epoch", epoch) != epoch:
            raise Found(part, "epoch")
        elif event["type"] == "weighing" and body["number"] <= self.numbers_used_to:
            raise Found(f"weighing {body['number']}", "number")

    def is_given_up(self, known):
        """On a branch that a restore gave up, and said so."""
        epoch, sequence = known["epoch"], known["sequence"]
        return any(each["epoch"] > epoch and each["headSequence"] < sequence and each["lostTo"] is not None and
                   (epoch < each["epoch"] - 1 or sequence <= each["lostTo"]["sequence"]) for each in self.restores)


def read_anchors(path):
    """One JSON line each; what is none, or says something else than its own event, is left out."""
    anchors = []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                anchor = parse(line)
                event = parse(anchor["event"])
                raw = bytes.fromhex(anchor["previousHash"]) + anchor["event"].encode("utf-8")
                said = {name: event[name] for name in ("station", "mode", "sequence", "timeMs")}
                said |= {"epoch": event["body"].get("epoch", 0), "number": event["body"].get("number")}
                good = (anchor["format"] == "yuanheng-anchor-1" and event["type"] in ("checkpoint", "shift-closed") and
                        hashlib.sha256(raw).hexdigest() == anchor["hash"] and is_canonical(anchor["event"], event) and
                        all(anchor[name] == value for name, value in said.items()) and
                        {"keyId", "signature"} <= set(anchor))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
            if good:
                anchors.append(anchor)
    return anchors


def check_anchors(anchors, manifest, keys, branches, head):
    ours = [each for each in anchors if (each["station"], each["mode"]) == (manifest["station"], manifest["mode"])]
    for each in ours:
        key = keys.known.get(each["keyId"])
        # A key that this bundle never heard of may be one of a branch that was lost.
        if each["keyId"] is None or (key is not None and not signed_by(
                key["publicKey"], f"yuanheng-event-1:{each['hash']}", each["signature"])):
            raise Found(f"anchor {each['sequence']}", "signature")
    for each in sorted(ours, key=lambda anchor: anchor["sequence"]):
        stands = branches.hashes.get(each["sequence"])
        if stands == each["hash"] or branches.is_given_up(each):
            continue
        if stands is not None:
            raise Found(f"event {each['sequence']}", "forked")
        if each["sequence"] > head["sequence"] and each["timeMs"] <= head["timeMs"]:
            raise Found(f"event {head['sequence']}", "cut-off")
