"""The case a decision rests on: what it must look like, and what it says where it is silent."""
from rules import CLASSES, LAYOUT, PURPOSE
from shapes import at_most, date, day, fits, matches, one_of, or_null, text, truth, whole

KG, TEXT = whole(), text(512)
PAPERS = ("vehicle-licence", "transport-permit", "driver-licence", "driver-qualification")
STAGES = ("0", "1", "2", "3", "4", "5", "6", "D")
GOODS = ("coal", "coke", "ore", "gravel", "other")
CURVES = ("fast-step", "jump-standing", "drift", "before-beams", "beam-broken", "beam-unknown")

# Every reason against letting a truck go, by what it does.
REFUSES = ("overload", "above-other-limit", "net-above-licence-load", "no-plate", "plates-disagree", "blacklisted",
           "credential-expired", "emission-below", "quota-used-up", "contract-not-in-force")
OBSTACLES = ("below-minimum", "above-maximum", "not-from-zero", "zero-not-seen", "beam-broken", "beam-unknown", "indicator-disagrees",
             "verification-expired", "settings-invalid", "clock-backwards", "key-unusable", "ledger-contradicted")
DOUBTS = ("axles-unknown", "axle-count-disagrees", "axle-loads-unjudged", "layout-disagrees", "no-rule-for-vehicle",
          "no-rule-set-in-force", "licence-gross-unknown", "licence-load-unknown", "gross-below-tare", "tare-missing", "tare-drifted",
          "trailer-disagrees", "curve-suspicious", "credential-missing", "emission-unknown", "goods-unconfirmed",
          "destination-unknown", "destination-missing", "contract-unknown", "driver-unknown", "driver-missing",
          "rear-plate-unclear")
REASON = {"code": one_of(*REFUSES, *OBSTACLES, *DOUBTS), "detail": text()}

FACTS = {
    "axles": or_null(whole(1, 20)), "vehicleClass": or_null(one_of(*CLASSES)), "layout": or_null(LAYOUT),
    "driveAxles": or_null(one_of(1, 2)), "singleTyredAxles": whole(0, 20), "wideTyres": truth, "airSuspension": truth,
    "trailerAxleSpacingMm": or_null(whole(0, 20_000)), "registeredGrossKg": or_null(whole(0, 200_000)),
    "purpose?": PURPOSE, "groupSpacingsMm?": or_null(at_most(6, or_null(whole(300, 5000)))),
}
FACTS_SILENT = {"purpose": "ordinary", "groupSpacingsMm": None}

POLICY = {
    "noPlate?": truth, "platesDisagree?": truth, "credentials?": [one_of(*PAPERS)], "credentialsMissing?": truth,
    "driverPapers?": truth, "driverRequired?": truth, "blacklist?": truth, "axleCount?": truth, "licenceLoad?": truth,
    "licenceGross?": truth, "licencesMissing?": truth, "minimumEmission?": or_null(one_of(*STAGES)), "emissionGoods?": [one_of(*GOODS)],
    "yardLimitKg?": or_null(whole(1000, 200_000)), "destinationRegistered?": truth, "destinationRequired?": truth,
    "quota?": truth, "tareDrift?": truth, "curve?": [one_of(*CURVES)],
}
POLICY_SILENT = {
    "noPlate": True, "platesDisagree": True, "credentials": ["vehicle-licence", "transport-permit"],
    "credentialsMissing": True, "driverPapers": True, "driverRequired": False, "blacklist": True, "axleCount": True,
    "licenceLoad": True, "licenceGross": True, "licencesMissing": False, "minimumEmission": None, "emissionGoods": ["coal", "coke", "ore"],
    "yardLimitKg": None, "destinationRegistered": True, "destinationRequired": False, "quota": False,
    "tareDrift": False, "curve": [],
}

CASE = {
    "version?": one_of(1, 2, 3, 4), "date": date, "grossKg": KG, "facts": FACTS,
    "sources": lambda value: isinstance(value, dict) and all(
        one_of("register", "operator", "camera", "axle-counter", "indicator", "last-visit", "stricter")(each)
        for each in value.values()),
    "axleLoadsKg": or_null(at_most(20, KG)), "axleLoadsBy?": or_null(TEXT),
    "counted": or_null({"axles": whole(1, 20), "source": one_of("camera", "axle-counter")}),
    "plates": {"front": or_null(TEXT), "rear": or_null(TEXT), "trailer": or_null(TEXT)}, "rearStated?": or_null(TEXT),
    "tare": or_null({"number": KG, "kg": KG, "valid": truth}), "tareRequired": truth, "tareDriftKg": or_null(KG),
    "credentials": at_most(12, {"kind": one_of(*PAPERS), "of": text(64), "expires": or_null(day)}),
    "listed": or_null({"list": one_of("black", "white"), "reason": TEXT, "by": TEXT}),
    "emission": or_null(one_of(*STAGES)), "licenceLoadKg": or_null(KG),
    "goods": or_null({"name": TEXT, "category": one_of(*GOODS)}), "loadConfirmed?": truth,
    "destination?": or_null({"name": TEXT, "registered": truth}), "routesKnown?": truth,
    "route": or_null({"name": TEXT, "limitKg": KG}),
    "contract?": or_null({"number": TEXT, "registered": truth, "from": or_null(day), "until": or_null(day),
                          "ofGoods": truth}),
    "driver?": or_null({"name": TEXT, "registered": truth}), "driversKnown?": truth, "quotaLeftKg": or_null(KG),
    "curveFlags?": at_most(20, {"code": one_of(*CURVES), "afterMs": KG, "kg": KG}),
    "obstacles": at_most(10, REASON), "policy": POLICY,
}
CASE_SILENT = {"version": 1, "axleLoadsBy": None, "rearStated": None, "loadConfirmed": False, "destination": None, "routesKnown": False,
               "contract": None, "driver": None, "driversKnown": False, "curveFlags": []}

LIMIT = {"kind": one_of("legal", "axle-sum", "licence-gross", "licence-load", "route", "yard", "quota"), "kg": KG,
         "name": or_null(text()), "holds": truth}
DECISION = {
    "outcome": one_of("allow", "refuse", "cannot-decide"), "limitKg": or_null(KG), "overKg": KG, "leftKg": or_null(KG),
    "limits?": [LIMIT], "ruleSet": text(), "ruleSetVersion?": or_null(KG),
    "ruleSetSha256?": or_null(matches("[0-9a-f]{64}")), "date": text(),
    "clauses": [{"id": text(), "source": text(), "textZh": text(), "textEn": text()}],
    "missing": [one_of("axles", "class", "layout", "driveAxles", "registeredGross", "axleSpacing")],
    "reasons": [REASON], "waived?": [REASON],
}
DECISION_SILENT = {"limits": [], "ruleSetVersion": None, "ruleSetSha256": None, "waived": []}


def said(value, silent, shape):
    """The fields this verifier knows, with what is meant where one is not said."""
    return {name: value.get(name, silent.get(name)) for name in (each.rstrip("?") for each in shape)}


def facts_of(facts):
    return said(facts, FACTS_SILENT, FACTS)


def case_of(case):
    """None when it is no case."""
    if not fits(case, CASE) or not set(case["policy"]) <= set(POLICY_SILENT):
        return None
    return {**said(case, CASE_SILENT, CASE), "facts": facts_of(case["facts"]),
            "policy": said(case["policy"], POLICY_SILENT, POLICY)}


def decision_of(decision):
    return said(decision, DECISION_SILENT, DECISION) if fits(decision, DECISION) else None
