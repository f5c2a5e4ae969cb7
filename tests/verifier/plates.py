"""Plates as the decision looks at them."""
import re

P, C = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]", "[A-HJ-NP-Z0-9]"
WHOLE = re.compile(f"{P}[A-Z]{C}{{5}}|{P}[A-Z]{C}{{4}}[学警港澳挂]|{P}[A-Z][A-HJK]{C}[0-9]{{4}}|"
                   f"{P}[A-Z][0-9]{{5}}[A-HJK]")
# Characters cameras take for one another.
ALIKE = ("0ODQC", "8B36", "1IT7L", "2Z7", "5S6", "4A", "UV", "MNH", "EF", "GC6", "KXR", "PR", "WV")


def is_whole(text):
    return WHOLE.fullmatch(text) is not None


def is_misreading(text, plate):
    """One character off, and one that is easily taken for the other."""
    if len(text) != len(plate):
        return False
    unlike = [pair for pair in zip(text, plate) if pair[0] != pair[1]]
    return len(unlike) == 1 and any(unlike[0][0] in each and unlike[0][1] in each for each in ALIKE)


def plate_concerns(case):
    front, rear, trailer = (case["plates"][name] for name in ("front", "rear", "trailer"))
    policy, old = case["policy"], case["version"] < 2
    if front is None:
        return [("no-plate", "")] if policy["noPlate"] else []
    stated = case["rearStated"]
    rear = rear if stated is None else stated
    if rear is None or not policy["platesDisagree"]:
        return []
    hangs = rear.endswith("挂")
    expected = (trailer if hangs else front) if old else (front if trailer is None else trailer)
    if rear == expected:
        return []
    if not old and stated is None and rear != front and (
            not is_whole(rear) or any(is_misreading(rear, each) for each in (front, trailer) if each is not None)):
        return [("rear-plate-unclear", f"{rear} ≠ {'—' if expected is None else expected}")]
    if hangs or rear == front:
        return [("trailer-disagrees", f"{rear} ≠ {'—' if trailer is None else trailer}")]
    return [("plates-disagree", f"{front} ≠ {rear}")]
