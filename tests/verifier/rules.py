"""A rule set: what it must look like, and which limit it gives a vehicle."""
import json

from shapes import at_most, day, fits, matches, one_of, or_null, text, truth, whole

CLASSES = ("rigid", "articulated", "centre-axle", "full-trailer")
LAYOUT = matches(r"[1-4](\+[1-4]){1,5}")
RULE_ID = matches(r"[a-z0-9+-]+")
AXLES, KG = whole(1, 20), whole(1)
IDS = at_most(2**53, RULE_ID, least=1)
STEPS = at_most(2**53, {"fromMm": whole(0), "kg": KG, "airDriveKg?": KG, "trailerOnly?": truth}, least=1)
AXLE_LOADS = {"confirmed": truth, "singleTyredKg": KG, "dualTyredKg": KG, "driveKg": KG, "tandem": STEPS,
              "tridem": STEPS, "clauses": IDS}
ROW = {"id": RULE_ID, "axles": AXLES, "andMore?": truth, "classes": at_most(99, one_of(*CLASSES), least=1),
       "layout": or_null(LAYOUT), "driveAxles?": one_of(1, 2), "limitKg": KG, "confirmed?": truth, "clauses": IDS}
RAISE = {"id": RULE_ID, "class": one_of(*CLASSES), "axles": AXLES, "airSuspension": one_of(True),
         "dualTyredDriveAxle": one_of(True), "minTrailerAxleSpacingMm?": whole(1), "raiseKg": KG, "clauses": IDS}
PURPOSE = one_of("ordinary", "low-speed", "special-purpose")
RULE_SET = {
    "id": RULE_ID, "version": whole(1), "title": text(),
    "effectiveFrom": {"date": day, "confirmed": truth},
    "sources": at_most(2**53, {"title": text(), "document": text(), "wordingConfirmed": truth}, least=1),
    "rows": at_most(2**53, ROW, least=1),
    "singleTyred": {"reductionKgPerAxle": KG, "clauses": IDS, "wideTyreClauses": IDS},
    "raises": [RAISE],
    "licenceGross": {"class": one_of(*CLASSES), "axles": AXLES, "clauses": IDS},
    "licenceOnly?": [{"purpose": PURPOSE, "clauses": IDS}],
    "axleLoads?": or_null(AXLE_LOADS),
    "layoutFromAxles": AXLES, "unlistedLayout": {"clauses": IDS}, "stricterValue": {"clauses": IDS},
    "clauses": [{"id": text(), "source": text(), "textZh": text(), "textEn": text()}],
}


def read_rules(content):
    """The rule set in these bytes, with what it need not say; None when there is none in them."""
    try:
        rules = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not fits(rules, RULE_SET):
        return None
    rules = {"licenceOnly": [], "axleLoads": None, **rules}
    return rules if is_sound(rules) else None


def is_sound(rules):
    clauses, rows, loads = [each["id"] for each in rules["clauses"]], rules["rows"], rules["axleLoads"]
    cited = [rules["singleTyred"]["wideTyreClauses"], *(each["clauses"] for each in (
        *rows, *rules["raises"], rules["singleTyred"], rules["licenceGross"], *rules["licenceOnly"],
        *([] if loads is None else [loads]), rules["unlistedLayout"], rules["stricterValue"]))]
    return (is_unique(clauses) and is_unique([row["id"] for row in rows]) and
            all(each in clauses for ids in cited for each in ids) and
            all(row["layout"] is None or axles_of(row["layout"]) == row["axles"] for row in rows) and
            not any(is_above_general(row, rows) for row in rows) and
            (loads is None or all(rises(loads[name]) for name in ("tandem", "tridem"))))


def is_unique(ids):
    return len(set(ids)) == len(ids)


def rises(steps):
    spacings = [step["fromMm"] for step in steps]
    return (spacings[0] == 0 and not steps[0].get("trailerOnly") and
            all(one < other for one, other in zip(spacings, spacings[1:])))


def is_above_general(row, rows):
    """A listed layout narrows the general rule of its class and axles."""
    if row["layout"] is None:
        return False
    general = [each for each in rows if each["layout"] is None and holds_for(each, row["axles"]) and
               set(row["classes"]) <= set(each["classes"]) and
               ("driveAxles" not in row or each.get("driveAxles") in (None, row["driveAxles"]))]
    return bool(general) and all(each["limitKg"] < row["limitKg"] for each in general)


def holds_for(row, axles):
    return row["axles"] == axles or (row.get("andMore", False) and axles > row["axles"])


def axles_of(layout):
    return sum(map(int, layout.split("+")))


def candidates(facts, rules):
    """The rows the vehicle may fall under, and whether its layout is in none of them."""
    axles, layout, drive = facts["axles"], facts["layout"], facts["driveAxles"]
    rows = [row for row in rules["rows"] if axles is None or holds_for(row, axles)]
    rows = [row for row in rows if drive is None or row.get("driveAxles") in (None, drive)]
    wanted = facts["vehicleClass"]
    classes = [wanted] if wanted is not None else dict.fromkeys(each for row in rows for each in row["classes"])
    fitting, listed = [], False
    for each in classes:
        of_class = [row for row in rows if each in row["classes"]]
        of_layout = [row for row in of_class if layout is not None and row["layout"] == layout]
        listed = listed or bool(of_layout)
        fitting += [row for row in of_layout or of_class if row not in fitting]
    return fitting, layout is not None and bool(fitting) and not listed


def is_licence_only(facts, rules):
    return next((each for each in rules["licenceOnly"] if each["purpose"] == facts["purpose"]), None)


def licence_counts(facts, rules):
    """Whether the licence gross is, or may be, a limit by the law itself."""
    own = rules["licenceGross"]
    return is_licence_only(facts, rules) is not None or (
        facts["axles"] == own["axles"] and facts["vehicleClass"] in (None, own["class"]))


def missing_facts(facts, rows, unlisted, rules):
    """What nobody stated and the law asks for."""
    axles = facts["axles"]
    asks_layout = axles is None or axles >= rules["layoutFromAxles"]
    return [name for name, lacks in (
        ("axles", axles is None),
        ("class", facts["vehicleClass"] is None),
        ("layout", asks_layout and (facts["layout"] is None or unlisted)),
        ("driveAxles", facts["driveAxles"] is None and any("driveAxles" in row for row in rows)),
        ("registeredGross", facts["registeredGrossKg"] is None and licence_counts(facts, rules))) if lacks]


def legal_limit(facts, rows, unlisted, rules):
    """The limit in kg, and the ids of the clauses that set it."""
    kg = min(row["limitKg"] for row in rows)
    cited = {each for row in rows if row["limitKg"] == kg for each in row["clauses"]}
    if unlisted:
        cited.update(rules["unlistedLayout"]["clauses"])
    if any(row["limitKg"] > kg for row in rows):
        cited.update(rules["stricterValue"]["clauses"])
    for each in rules["raises"]:
        if (each["class"] == facts["vehicleClass"] and each["axles"] == facts["axles"] and facts["airSuspension"] and
                not facts["wideTyres"] and
                (facts["trailerAxleSpacingMm"] or 0) >= each.get("minTrailerAxleSpacingMm", 0)):
            kg += each["raiseKg"]
            cited.update(each["clauses"])
            break
    if facts["singleTyredAxles"] > 0:
        single = rules["singleTyred"]
        cited.update(single["wideTyreClauses" if facts["wideTyres"] else "clauses"])
        if not facts["wideTyres"]:
            kg = max(0, kg - facts["singleTyredAxles"] * single["reductionKgPerAxle"])
    licence = facts["registeredGrossKg"]
    if licence is not None and licence_counts(facts, rules) and licence <= kg:
        if licence < kg:
            cited.clear()
        cited.update(rules["licenceGross"]["clauses"])
        kg = licence
    return kg, cited


def axle_sum(facts, loads):
    """The permitted axle loads together, kg, and whether a spacing was not stated; None without a layout."""
    if facts["layout"] is None:
        return None
    sizes = [int(size) for size in facts["layout"].split("+")]
    rigid, combination = len(sizes) - 1, 1
    places = {"rigid": [rigid], None: [combination, rigid]}.get(facts["vehicleClass"], [combination])
    return min((sum_driving(sizes, at, facts, loads) for at in places), key=lambda found: found[0])


def sum_driving(sizes, drive_at, facts, loads):
    kg, unstated = sizes[0] * loads["singleTyredKg"], False
    spacings = facts["groupSpacingsMm"] or []
    for at, size in list(enumerate(sizes))[1:]:
        spacing = spacings[at] if at < len(spacings) else None
        trailer = at > drive_at
        if size == 1:
            single = trailer and facts["singleTyredAxles"] > 0 and not facts["wideTyres"]
            kg += loads["driveKg" if at == drive_at else "singleTyredKg" if single else "dualTyredKg"]
            continue
        steps = [step for step in loads["tandem" if size == 2 else "tridem"]
                 if trailer or not step.get("trailerOnly")]
        if spacing is None:
            unstated = True
            kg += min(step["kg"] for step in steps)
            continue
        step = [each for each in steps if spacing >= each["fromMm"]][-1]
        air = at == drive_at and facts["airSuspension"]
        kg += step.get("airDriveKg", step["kg"]) if air else step["kg"]
    return kg, unstated
