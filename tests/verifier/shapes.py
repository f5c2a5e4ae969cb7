"""What a value must look like: a test, [one of its elements], or {its fields}; a field called `name?` may be absent."""
import re
import time


def fits(value, shape):
    if callable(shape):
        return shape(value)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(each, shape[0]) for each in value)
    if not isinstance(value, dict):
        return False
    for name, each in shape.items():
        if name.rstrip("?") not in value:
            if not name.endswith("?"):
                return False
        elif not fits(value[name.rstrip("?")], each):
            return False
    return True


def fits_exactly(value, shape):
    """Without a field besides those named."""
    return fits(value, shape) and set(value) <= {name.rstrip("?") for name in shape}


def whole(least=-2**53 + 1, most=2**53 - 1):
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def text(most=None):
    return lambda value: isinstance(value, str) and (most is None or len(value.encode("utf-16-le", "surrogatepass")) <= 2 * most)


def one_of(*values):
    return lambda value: any(value == each and type(value) is type(each) for each in values)


def matches(pattern):
    form = re.compile(pattern)
    return lambda value: isinstance(value, str) and form.fullmatch(value) is not None


def or_null(shape):
    return lambda value: value is None or fits(value, shape)


def at_most(count, shape, least=0):
    return lambda value: fits(value, [shape]) and least <= len(value) <= count


def truth(value):
    return isinstance(value, bool)


date = matches(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(value):
    """A date that exists."""
    if not date(value) or value.startswith("0000"):
        return date(value) and value.startswith("0000") and day("2000" + value[4:])
    try:
        time.strptime(value, "%Y-%m-%d")
    except ValueError:
        return False
    return True
