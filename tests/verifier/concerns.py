"""What stands in a truck's way besides its weight, in the order it is said."""
from case import STAGES
from plates import plate_concerns

OF_DRIVER = ("driver-licence", "driver-qualification")
# Rules of the yard that a whitelist entry sets aside; of the law it sets aside nothing.
WAIVABLE = ("quota-used-up", "contract-unknown", "contract-not-in-force")


def concerns(case, missing, limit_kg):
    """What stands in the way, and what a whitelist entry set aside."""
    found = [*plate_concerns(case), *listing(case), *papers(case), *axle_count(case), *loads(case, missing, limit_kg),
             *destination(case), *contract(case), *driver(case), *emission(case), *curve(case)]
    if not is_white(case):
        return found, []
    yard, gross = case["policy"]["yardLimitKg"], case["grossKg"]
    above = [] if yard is None or gross <= yard else [("above-other-limit", f"yard: {gross} > {yard} kg")]
    return ([each for each in found if each[0] not in WAIVABLE],
            [each for each in found if each[0] in WAIVABLE] + above)


def is_white(case):
    return case["listed"] is not None and case["listed"]["list"] == "white"


def listing(case):
    listed = case["listed"]
    if case["policy"]["blacklist"] and listed is not None and listed["list"] == "black":
        return [("blacklisted", f"{listed['reason']} ({listed['by']})")]
    return []


def papers(case):
    policy, driver_, found = case["policy"], case["driver"], []
    of_driver = policy["driverPapers"] and driver_ is not None and driver_["registered"]
    for kind in dict.fromkeys([*policy["credentials"], *(OF_DRIVER if of_driver else ())]):
        held = [each for each in case["credentials"] if each["kind"] == kind]
        found += [("credential-expired", f"{kind} {each['of']} {each['expires']}")
                  for each in held if each["expires"] is not None and each["expires"] < case["date"]]
        unstated = [f"{kind} {each['of']}" for each in held if each["expires"] is None] + ([] if held else [kind])
        if policy["credentialsMissing"]:
            said = unstated if case["version"] >= 3 else [kind] * min(1, len(unstated))
            found += [("credential-missing", each) for each in said]
    return found


def axle_count(case):
    counted, axles = case["counted"], case["facts"]["axles"]
    if not case["policy"]["axleCount"] or counted is None or axles is None or counted["axles"] == axles:
        return []
    return [("axle-count-disagrees", f"{counted['source']} {counted['axles']} ≠ {axles}")]


def loads(case, missing, limit_kg):
    policy, gross, tare, found = case["policy"], case["grossKg"], case["tare"], []
    usable = tare if tare is not None and tare["valid"] else None
    if usable is not None and gross < usable["kg"]:
        found.append(("gross-below-tare", f"{gross} < {usable['kg']} kg"))
    if case["tareRequired"] and usable is None:
        found.append(("tare-missing", ""))
    if policy["tareDrift"] and case["tareDriftKg"] is not None:
        found.append(("tare-drifted", f"{case['tareDriftKg']} kg"))
    if limit_kg is not None:
        found += of_licence(case, missing)
    net = None if usable is None else gross - usable["kg"]
    licence, left = case["licenceLoadKg"], case["quotaLeftKg"]
    if policy["licenceLoad"] and net is not None and licence is not None and net > licence:
        found.append(("net-above-licence-load", f"{net} > {licence} kg"))
    if policy["quota"] and left is not None:
        left = left if case["version"] < 2 else max(0, left)
        # A net nobody knows is some net.
        if (1 if net is None else net) > left:
            found.append(("quota-used-up", f"{'?' if net is None else net} > {left} kg"))
    return found


def of_licence(case, missing):
    """What of the licence nobody stated, where it holds by the law or by the yard's own rule."""
    facts, policy, found = case["facts"], case["policy"], []
    of_yard = policy["licencesMissing"] and policy["licenceGross"] and is_single(facts)
    if ("registeredGross" in missing and facts["axles"] == 2) or (of_yard and facts["registeredGrossKg"] is None):
        found.append(("licence-gross-unknown", ""))
    asked = policy["licencesMissing"] or case["licenceCounts"]
    carries = policy["licenceLoad"] and facts["purpose"] != "special-purpose"
    if case["version"] >= 3 and carries and asked and case["licenceLoadKg"] is None:
        found.append(("licence-load-unknown", ""))
    return found


def is_single(facts):
    return facts["vehicleClass"] in (None, "rigid") and facts["axles"] is not None and facts["axles"] > 2


def destination(case):
    named, policy = case["destination"], case["policy"]
    if not case["routesKnown"]:
        return []
    if policy["destinationRequired"] and (named is None or not case["loadConfirmed"]):
        return [("destination-missing", "" if named is None else named["name"])]
    if policy["destinationRegistered"] and named is not None and not named["registered"]:
        return [("destination-unknown", named["name"])]
    return []


def contract(case):
    held = case["contract"]
    if not case["policy"]["quota"] or held is None:
        return []
    if not held["registered"]:
        return [("contract-unknown", held["number"])]
    if in_force(held, case["date"]):
        return []
    return [("contract-not-in-force", f"{held['number']} {held['from'] or ''} – {held['until'] or ''}")]


def in_force(held, date):
    return (held["from"] is None or held["from"] <= date) and (held["until"] is None or date <= held["until"])


def driver(case):
    named, policy = case["driver"], case["policy"]
    if policy["driverRequired"] and (named is None or not case["loadConfirmed"]):
        return [("driver-missing", "" if named is None else named["name"])]
    if policy["driverPapers"] and case["driversKnown"] and named is not None and not named["registered"]:
        return [("driver-unknown", named["name"])]
    return []


def emission(case):
    stage, goods, policy, held = case["emission"], case["goods"], case["policy"], case["contract"]
    least = policy["minimumEmission"]
    if least is None:
        return []
    clean = stage is not None and STAGES.index(stage) >= STAGES.index(least)
    if goods is not None and goods["category"] not in policy["emissionGoods"]:
        confirmed = case["loadConfirmed"] or (held is not None and held["ofGoods"] and in_force(held, case["date"]))
        return [] if case["version"] < 2 or clean or confirmed else [("goods-unconfirmed", goods["name"])]
    if stage is None:
        return [("emission-unknown", "")]
    return [] if clean else [("emission-below", f"{stage} < {least}")]


def curve(case):
    return [("curve-suspicious", f"{each['code']} {each['kg']} kg") for each in case["curveFlags"]
            if each["code"] in case["policy"]["curve"]]
