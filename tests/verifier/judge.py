"""The whole decision on a case by a rule set, made anew."""
from case import OBSTACLES, REFUSES
from concerns import concerns, is_single, is_white
from rules import axle_sum, axles_of, candidates, is_licence_only, legal_limit, licence_counts, missing_facts

# Limits that a reason of their own speaks of.
NAMED_ELSEWHERE = ("legal", "licence-load", "quota")


def judge(case, rule_sets):
    """`rule_sets`: pairs of a rule set and its SHA-256. The latest that had begun decides."""
    begun = [each for each in rule_sets if each[0]["effectiveFrom"]["date"] <= case["date"]]
    rules, sha256 = max(begun, key=lambda each: (each[0]["effectiveFrom"]["date"], each[0]["version"]),
                        default=(None, None))
    law = by_law(case, rules)
    sum_kg, sum_reasons, sum_clauses, unstated = axles_weighed(case, rules)
    limits = [] if law["kg"] is None else [("legal", law["kg"], None)]
    limits += [] if sum_kg is None else [("axle-sum", sum_kg, None)]
    limits += other_limits(case)
    gross = case["grossKg"]
    lowest = None if law["kg"] is None else min(kg for _, kg, _ in limits)
    above = [("above-other-limit", f"{kind}{'' if name is None else ' ' + name}: {gross} > {kg} kg")
             for kind, kg, name in limits if kind not in NAMED_ELSEWHERE and gross > kg]
    counts = rules is not None and licence_counts(case["facts"], rules)
    found, waived = concerns({**case, "licenceCounts": counts}, law["missing"], law["kg"])
    obstacles = [(each["code"], each["detail"]) for each in case["obstacles"]]
    reasons = [*obstacles, *law["reasons"], *above, *sum_reasons, *found]
    return {
        "outcome": outcome_of(code for code, _ in reasons),
        "limitKg": lowest,
        "overKg": 0 if lowest is None else max(0, gross - lowest),
        "leftKg": None if lowest is None else max(0, lowest - gross),
        "limits": [{"kind": kind, "kg": kg, "name": name, "holds": kg == lowest} for kind, kg, name in limits],
        "ruleSet": "none" if rules is None else rules["id"],
        "ruleSetVersion": None if rules is None else rules["version"],
        "ruleSetSha256": sha256,
        "date": case["date"],
        "clauses": law["clauses"] + sum_clauses,
        "missing": law["missing"] + (["axleSpacing"] if unstated else []),
        "reasons": as_reasons(reasons),
        "waived": as_reasons(waived),
    }


def as_reasons(pairs):
    return [{"code": code, "detail": detail} for code, detail in pairs]


def outcome_of(codes):
    """A station that cannot be trusted decides nothing; a known wrong refuses; a doubt keeps a truck."""
    codes = list(codes)
    if any(code in OBSTACLES for code in codes):
        return "cannot-decide"
    if any(code in REFUSES for code in codes):
        return "refuse"
    return "cannot-decide" if codes else "allow"


def by_law(case, rules):
    """The law on the gross alone. Exactly at the limit is legal."""
    facts, gross = case["facts"], case["grossKg"]
    law = {"kg": None, "missing": [], "clauses": [], "reasons": []}
    if rules is None:
        return {**law, "reasons": [("no-rule-set-in-force", case["date"])]}
    rows, unlisted = candidates(facts, rules)
    law["missing"] = missing_facts(facts, rows, unlisted, rules)
    axles, layout, licence_only = facts["axles"], facts["layout"], is_licence_only(facts, rules)
    if axles is None:
        return {**law, "reasons": [("axles-unknown", "")]}
    if layout is not None and axles_of(layout) != axles:
        return {**law, "reasons": [("layout-disagrees", f"{layout} ≠ {axles}")]}
    if licence_only is not None and facts["registeredGrossKg"] is None:
        return {**law, "reasons": [("licence-gross-unknown", "")]}
    if licence_only is None and not rows:
        return {**law, "reasons": [("no-rule-for-vehicle", f"{facts['vehicleClass'] or '?'} {axles}")]}
    kg, cited = ((facts["registeredGrossKg"], licence_only["clauses"]) if licence_only is not None
                 else legal_limit(facts, rows, unlisted, rules))
    return {**law, "kg": kg, "clauses": [each for each in rules["clauses"] if each["id"] in cited],
            "reasons": [("overload", f"{gross} > {kg} kg")] if gross > kg else []}


def axles_weighed(case, rules):
    """Where axles were weighed: the sum of their permitted loads, reasons, clauses, whether a spacing lacked."""
    loads, measured, facts = rules and rules["axleLoads"], case["axleLoadsKg"], case["facts"]
    if loads is None or measured is None:
        return None, [], [], False
    found = axle_sum(facts, loads) if facts["axles"] == len(measured) else None
    if found is None:
        return None, [("axle-loads-unjudged", f"{len(measured)} / {facts['layout'] or '?'}")], [], False
    return found[0], [], [each for each in rules["clauses"] if each["id"] in loads["clauses"]], found[1]


def other_limits(case):
    facts, policy, tare, white, found = case["facts"], case["policy"], case["tare"], is_white(case), []
    usable = case["version"] >= 2 and tare is not None and tare["valid"]
    if policy["licenceGross"] and is_single(facts) and facts["registeredGrossKg"] is not None:
        found.append(("licence-gross", facts["registeredGrossKg"], None))
    if usable and policy["licenceLoad"] and case["licenceLoadKg"] is not None:
        found.append(("licence-load", tare["kg"] + case["licenceLoadKg"], None))
    if case["route"] is not None:
        found.append(("route", case["route"]["limitKg"], case["route"]["name"]))
    if policy["yardLimitKg"] is not None and not white:
        found.append(("yard", policy["yardLimitKg"], None))
    if usable and policy["quota"] and case["quotaLeftKg"] is not None and not white:
        contract = case["contract"]
        found.append(("quota", tare["kg"] + max(0, case["quotaLeftKg"]), contract and contract["number"]))
    return found
