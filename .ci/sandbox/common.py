"""What the clients' scripts share: where the sandbox is, and how to insist on something."""

import os

SERVER = os.environ["SANDBOX_URL"]
TOKEN = os.environ["SANDBOX_TOKEN"]
USER = "93645911"
PICTURE = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"


def same(got, expected):
    if got != expected:
        raise SystemExit(f"expected {expected!r}, got {got!r}")
