"""Checks Yuanheng evidence bundles from docs/evidence.md alone: the Python standard library and the openssl command.

    python3 verifier [--keys FILE] [--anchors FILE] BUNDLE...   one line of JSON for each: {"kind": ..., "part": ..., "code": ...}
    python3 verifier --judge FILE              a line {"case", "rules"} each: the decision, or null
    python3 verifier --weigh FILE              a line {"instrument", "frame"} each: kg, or null

It shares no code with the program.
"""
import functools
import hashlib
import json
import sys

from branches import read_anchors
from bundle import verify
from case import case_of
from found import Found
from frames import frame_reader
from judge import judge
from keys import read_published
from rules import read_rules


rules_of = functools.cache(read_rules)


def judged(asked):
    case, rules = case_of(asked["case"]), rules_of(asked["rules"])
    if case is None or rules is None:
        return None
    return judge(case, [(rules, hashlib.sha256(asked["rules"].encode("utf-8")).hexdigest())])


def weighed(asked):
    read = frame_reader(asked["instrument"])
    return None if read is None else read(asked["frame"])


def answer_lines(path, answer):
    with open(path, encoding="utf-8") as file:
        for line in file:
            print(json.dumps(answer(json.loads(line)), ensure_ascii=False))
    return 0


def main(arguments):
    if arguments[:1] == ["--judge"]:
        return answer_lines(arguments[1], judged)
    if arguments[:1] == ["--weigh"]:
        return answer_lines(arguments[1], weighed)
    published, anchors = None, ()
    while arguments[:1] in (["--keys"], ["--anchors"]):
        if arguments[0] == "--keys":
            published = read_published(arguments[1])
        else:
            anchors = read_anchors(arguments[1])
        arguments = arguments[2:]
    fails = False
    for path in arguments:
        try:
            verdict = {"kind": verify(path, published, anchors)}
        except Found as found:
            verdict = {"kind": "fails", "part": found.part, "code": found.code}
            fails = True
        print(json.dumps(verdict, ensure_ascii=False))
    return 1 if fails else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
