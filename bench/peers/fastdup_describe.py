"""Describes pictures by fastdup: python fastdup_describe.py OUTPUT_FOLDER < list of paths, one a line.

Leaves fastdup's own files in the folder; of these, atrain_features.dat has 576 32-bit floats a picture, and
atrain_features.dat.csv the path of each.
"""
import os
import sys
import tempfile

os.environ["SENTRY_OPT_OUT"] = "1"  # it would tell its makers of its runs
import fastdup

with tempfile.NamedTemporaryFile("w", suffix=".txt") as paths:
    paths.write("filename\n" + sys.stdin.read())
    paths.flush()
    if fastdup.run(paths.name, work_dir=sys.argv[1], nearest_neighbors_k=2) != 0:
        sys.exit("fastdup.run failed.")
