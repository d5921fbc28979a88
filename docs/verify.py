#!/usr/bin/env python3
"""Checks a bundle of `elms-server export --signed` without any program of ours.

usage: verify.py BUNDLE [--pin WORDS] [--checkpoint FILE]... [--receipt FILE]...
Ends with 0 when nothing was changed, 1 when something was, 2 when it cannot be told.
Needs nothing but Python 3.8; the format is in docs/PROTOCOL.md, "The provable record".
"""
import argparse, base64, hashlib, json, sys

sha = lambda data: hashlib.sha256(data).digest()

# Ed25519 (RFC 8032), verification only.
P, D = 2**255 - 19, -121665 * pow(121666, -1, 2**255 - 19)
L = 2**252 + 27742317777372353535851937790883648493

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q

def point(raw):
    y, sign = int.from_bytes(raw, "little") & (2**255 - 1), raw[31] >> 7
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P)
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P or (x == 0 and sign):
        raise ValueError("no point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def has_signed(key, message, signature):
    try:
        a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(k, a))
    return s < L and all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))

class Tampered(Exception):
    pass

class Unclear(Exception):
    pass

def fault(seq, rule, text):
    raise Tampered(f"event {seq}: {rule}: {text}")

def words(key):
    c, v, out = "bdfghjklmnprstvz", "aiou", []
    for i in range(0, 16, 2):
        n = int.from_bytes(sha(key)[i:i + 2], "big")
        out.append(c[n >> 12] + v[n >> 10 & 3] + c[n >> 6 & 15] + v[n >> 4 & 3] + c[n & 15])
    return "-".join(out)

class Note:
    def __init__(self, text):
        body, _, lines = text.rpartition("\n\n")
        self.text = body + "\n"
        self.origin, size, root = self.text.splitlines()[:3]
        self.size, self.root, self.signatures = int(size), base64.b64decode(root), []
        for line in lines.splitlines():
            name, signature = line[2:].rsplit(" ", 1)
            if name == self.origin and line.startswith("\u2014 "):
                self.signatures.append(base64.b64decode(signature))

    def signed(self, key):
        known = sha(self.origin.encode() + b"\n\x01" + key)[:4]
        return any(s[:4] == known and has_signed(key, self.text.encode(), s[4:]) for s in self.signatures)

class Log:
    def __init__(self, first, held, receipts):
        self.peaks, self.size, self.held, self.receipts = [], 0, held, receipts
        self.lives, self.keys = [[first["origin"], None]], [(0, base64.b64decode(first["key"]))]
        self.agreed = self.agreed_held = 0
        self.erased, self.doubts = {}, []

    def root(self):
        if not self.peaks:
            return sha(b"")
        root = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            root = sha(b"\x01" + peak + root)
        return root

    def key(self, size):
        return [key for since, key in self.keys if since <= size][-1]

    def event(self, entry):
        place, seq = self.size + 1, entry["seq"]
        if seq != place:
            fault(place, "order", f"here stands event {seq}")
        body = entry.get("body")
        if body is None:
            commitment = entry.get("commitment", "")
            self.erased[seq] = False
        else:
            commitment = sha(bytes.fromhex(entry["salt"]) + body.encode()).hex()
        head = f"elms event 1\n{seq}\n{entry['at']}\n{entry['event']}\n{commitment}\n"
        leaf = sha(b"\x00" + head.encode())
        if leaf.hex() != entry["leaf"]:
            fault(seq, "content", "the event is not what its leaf commits to")
        if body is not None:
            said = json.loads(body)
            if (said["seq"], said["timestamp"], said["event"]) != (seq, entry["at"], entry["event"]):
                fault(seq, "content", "its body is another event's")
            if said["event"] == "log_noted":
                self.noted(said["payload"], place)
        node, height = leaf, 0
        while self.peaks and self.peaks[-1][0] == height:
            node, height = sha(b"\x01" + self.peaks.pop()[1] + node), height + 1
        self.peaks.append((height, node))
        self.size = place
        if self.receipts.pop(seq, entry["leaf"]) != entry["leaf"]:
            fault(seq, "receipt", "a receipt has another leaf")
        for by, note in [held for held in self.held if held[1].size == place]:
            if note.origin == self.lives[-1][0]:
                self.held.remove((by, note))
                self.compare(by, note)

    def noted(self, said, place):
        for seq in said.get("erased", []):
            if seq in self.erased:
                self.erased[seq] = True
        if said["change"] == "LIFE":
            before = said.get("before", {})
            if (before.get("origin"), before.get("size"), before.get("root")) != (
                    self.lives[-1][0], place - 1, self.root().hex()):
                fault(place, "life", "a new life does not follow the end of the life before")
            self.lives[-1][1] = place - 1
            self.lives.append([said["origin"], None])
        if said["change"] == "KEY":
            keys = said["keys"]
            text = f"elms key change 1\n{self.lives[-1][0]}\n{keys['old']}\n{keys['new']}\n".encode()
            old, new, by_old, by_new = (base64.b64decode(keys[k]) for k in ("old", "new", "byOld", "byNew"))
            if old != self.keys[-1][1] or not has_signed(old, text, by_old) or not has_signed(new, text, by_new):
                fault(place, "key", "a new key is not signed by the key before it")
            self.keys.append((place, new))

    def compare(self, by, note):
        if not note.signed(self.key(self.size)):
            self.doubts.append(f"the checkpoint of {by} is not signed with the key of this log")
        elif note.root != self.root():
            fault(self.agreed_held + 1, "rewritten", f"history was rewritten up to event {self.size}, {by} has kept another root")
        else:
            self.agreed_held = self.size

    def checkpoint(self, text):
        note = Note(text)
        if note.size > self.size:  # What follows tells whether events miss in between or at the end.
            return self.held.append(("its own last commit", note))
        if (note.size, note.origin) != (self.size, self.lives[-1][0]):
            fault(self.size, "signature", f"a checkpoint of {note.size} events stands here")
        if not note.signed(self.key(self.size)):
            fault(self.agreed + 1, "signature", "a checkpoint is not signed with the log's key")
        if note.root != self.root():
            fault(self.agreed + 1, "root", f"one of the events up to {self.size} was changed")
        self.agreed = self.size

    def end(self, pin):
        if pin and pin not in [words(key) for _, key in self.keys]:
            fault(1, "key", "the log is signed with another key than the pinned one")
        for seq, named in self.erased.items():
            if not named:
                fault(seq, "erasure", "its body is gone and no entry says that it was erased")
        ends = dict(self.lives)
        for by, note in self.held:
            if not any(note.signed(key) for _, key in self.keys):
                self.doubts.append(f"the checkpoint of {by} is not signed with the key of this log")
            elif note.origin not in ends:
                fault(1, "life", f"{by} has kept a checkpoint of a life that the log denies")
            elif ends[note.origin] is not None and ends[note.origin] < note.size:
                self.doubts.append(f"the log was restored from a backup after event {ends[note.origin]}, {by} has kept one of {note.size}")
            else:
                fault(self.size + 1, "cut", f"the log ends here, and {by} has kept one of {note.size} events")
        for seq in self.receipts:
            fault(self.size + 1, "cut", f"a receipt is for event {seq}")
        if self.agreed < self.size:
            self.doubts.append(f"the last {self.size - self.agreed} events are not signed")
        if not pin:
            self.doubts.append(f"without --pin it cannot be told whose key {words(self.keys[0][1])} is")

def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("bundle")
    ask.add_argument("--pin")
    ask.add_argument("--checkpoint", action="append", default=[])
    ask.add_argument("--receipt", action="append", default=[])
    asked, receipts = ask.parse_args(), {}
    read = lambda path: open(path, encoding="utf-8").read()
    try:
        for path in asked.receipt:
            receipt = json.loads(read(path))
            receipts.update(enumerate(receipt["leaves"], receipt["firstSeq"]))
        lines = [json.loads(line) for line in read(asked.bundle).split("\n")[:-1]]
        first = lines.pop(0)["bundle"]
        if not first["origin"].startswith(f"elms/{first['institution']}/"):
            raise Unclear("it says that it is of another institution than its log")
        log = Log(first, [(path, Note(read(path))) for path in asked.checkpoint], receipts)
        end = lines.pop()
        for line in lines:
            log.event(line["event"]) if "event" in line else log.checkpoint(line["checkpoint"])
        if first["kind"] != "elms log 1" or end != {"end": log.size}:
            raise Unclear("it is not a whole bundle")
        log.end(asked.pin)
    except Tampered as found:
        print("tampered:", found)
        return 1
    except Exception as trouble:
        print("cannot tell:", repr(trouble))
        return 2
    for doubt in log.doubts:
        print("cannot tell:", doubt)
    if not log.doubts:
        print(f"ok: {log.size} events, root {log.root().hex()}, key {words(log.keys[0][1])}")
        if log.erased:
            print(f"erased: the words of {len(log.erased)}: events {', '.join(map(str, sorted(log.erased)))}")
    return 2 if log.doubts else 0

if __name__ == "__main__":
    sys.exit(main())
