"""Runs a command and says in a file how long it took, how much of a processor, and how much memory at most."""
import json
import os
import sys
import time

start = time.monotonic()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], 'w') as figures:
    json.dump({'seconds': time.monotonic() - start,
               'processor': usage.ru_utime + usage.ru_stime,
               'mebibytes': usage.ru_maxrss / 1024}, figures)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
