"""Ed25519 signatures, by the openssl command."""
import base64
import hashlib
import os
import subprocess
import tempfile

_known = {}


def signed_by(public_key, message, signature):
    """Whether an Ed25519 signature (base64) of an ASCII message holds for a key (SPKI in base64)."""
    asked = (public_key, message, signature)
    if asked not in _known:
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, name) for name in ("key.der", "message", "signature")]
            try:
                contents = [base64.b64decode(public_key), message.encode(), base64.b64decode(signature)]
            except ValueError:
                return False
            if base64.b64encode(contents[2]).decode() != signature:
                return False
            for path, content in zip(paths, contents):
                with open(path, "wb") as file:
                    file.write(content)
            _known[asked] = subprocess.run(
                ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths[0], "-rawin",
                 "-in", paths[1], "-sigfile", paths[2]], capture_output=True, check=False).returncode == 0
    return _known[asked]


def key_id(public_key):
    return hashlib.sha256(base64.b64decode(public_key)).hexdigest()[:16]


