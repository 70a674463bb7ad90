"""What is freed is overwritten, and nothing of the process is ever dumped."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from kiosk_app.terminal.allocator import has_zeroing_allocator, zeroing_environment

PROGRAM = """
import ctypes, json, os, resource, sys
from kiosk_app.terminal.allocator import ensure_zeroing_allocator, forbid_dumps
os.environ["STARTS"] = os.environ.get("STARTS", "") + "x"
ensure_zeroing_allocator()
forbid_dumps()
c = ctypes.CDLL(None)
c.malloc.restype = ctypes.c_void_p
c.free.argtypes = [ctypes.c_void_p]
left = {}
for size in (200, 900, 3000, 100_000):
    block = c.malloc(size)
    guards = [c.malloc(16) for _ in range(10_000)]  # more than gaps: one stands behind the block
    ctypes.memset(block, 0x41, size)
    c.free(block)
    left[size] = ctypes.string_at(block, size).count(b"A" * 8)
print(json.dumps({
    "left": left,
    "starts": len(os.environ["STARTS"]),
    "arguments": sys.argv[1:],
    "tunables": os.environ["GLIBC_TUNABLES"],
    "core": resource.getrlimit(resource.RLIMIT_CORE),
    "dumpable": c.prctl(3, 0, 0, 0, 0),
}))
"""


def test_the_process_replaces_itself_once_and_then_overwrites_what_it_frees() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONMALLOC"}
    environment["GLIBC_TUNABLES"] = "glibc.malloc.check=0:glibc.malloc.perturb=0"
    child = subprocess.run(
        [sys.executable, "-c", PROGRAM, "an argument", "--another"],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=20,
    )
    said = json.loads(child.stdout)
    assert said["starts"] == 2
    assert said["arguments"] == ["an argument", "--another"]
    assert set(said["left"].values()) == {0}
    assert said["core"] == [0, 0]
    assert said["dumpable"] == 0
    assert "glibc.malloc.check=0" in said["tunables"].split(":")


def test_each_part_of_the_settings_is_needed() -> None:
    whole = zeroing_environment({"HOME": "/"})
    assert has_zeroing_allocator(whole)
    assert whole["HOME"] == "/"
    for environment in (
        {},
        {**whole, "PYTHONMALLOC": "pymalloc"},
        {**whole, "GLIBC_TUNABLES": "glibc.malloc.perturb=90"},
        {**whole, "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=0"},
    ):
        assert not has_zeroing_allocator(environment)
        assert has_zeroing_allocator(zeroing_environment(environment))
