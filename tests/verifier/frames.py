"""The weight that an indicator's own bytes say, kg."""
import json

import frames_modbus
import frames_own
import frames_western
import frames_yaohua
from shapes import fits_exactly

PROFILES = {**frames_yaohua.PROFILES, **frames_western.PROFILES, **frames_modbus.PROFILES, **frames_own.PROFILES}


def _number(text):
    value = float(text)
    return int(value) if value.is_integer() else value


def _refuse(text):
    raise ValueError(text)


def frame_reader(instrument):
    """Reads one frame (hex) as the instrument was set up: kg, or None. None for a profile or options not known."""
    known = PROFILES.get(instrument["profile"])
    if known is None:
        return None
    read, shape, silent, *sound = known
    text = instrument.get("options", "{}")
    try:
        said = json.loads(text, parse_float=_number, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if text == "{}" and "unit" in shape:
        said = {"unit": instrument["unit"]}
    if not fits_exactly(said, {f"{name}?": each for name, each in shape.items()}):
        return None
    options = {**silent, **said}
    if not all(holds(options) for holds in sound):
        return None
    unit = options.get("unit") or options.get("map", {}).get("unit", "kg")
    return lambda raw: kilograms(read(bytes.fromhex(raw), options), instrument, unit)


def kilograms(shown, instrument, silent_unit):
    """None where it says none that this instrument can show. `silent_unit`: what it is in where it does not say."""
    if shown is None or shown.motion or shown.net or shown.unit not in (None, instrument["unit"]):
        return None
    steps, unit_kg = 10 ** shown.decimals, 1000 if instrument["unit"] == "t" else 1
    if unit_kg % steps or unit_kg // steps > instrument["divisionKg"]:
        return None
    magnitude, rest = divmod(abs(shown.shown) * (1000 if (shown.unit or silent_unit) == "t" else 1), steps)
    if rest or magnitude > 2**53 - 1:
        return None
    return -magnitude if shown.shown < 0 else magnitude
