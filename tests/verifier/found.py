"""What a verifier says first, and how much of a stranger's file it takes in."""

LIMITS = {"entries": 65_000, "file": 4_000_000_000, "directory": 16 << 20,
          "manifest": 32 << 20, "line": 16 << 20, "curve": 64 << 20}


class Found(Exception):
    """The first thing that does not hold."""

    def __init__(self, part, code, detail=""):
        super().__init__(f"{part}: {code} {detail}")
        self.part, self.code, self.detail = part, code, detail
