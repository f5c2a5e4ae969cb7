"""Which key may sign what, and what a station says of its keys."""
import hashlib

from canonical import canonical, parse
from found import Found
from signatures import key_id, signed_by


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


