"""Canonical JSON: RFC 8785 over null, booleans, strings, whole numbers, lists and objects."""
import json

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


