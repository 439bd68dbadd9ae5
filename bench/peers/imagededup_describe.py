"""Describes pictures by imagededup: python imagededup_describe.py OUTPUT_FOLDER < list of paths, one a line.

Writes hashes.json, by path 16 hexadecimal digits of PHash; and, where the CNN's weights can be had, vectors.f32, as many
32-bit floats for each path of the list, by rows. A picture that cannot be described is missing from the one and zero in
the other. Why there is no vectors.f32 is written to missing.txt.
"""
import json
import os
import sys

import numpy
from imagededup.methods import CNN, PHash

folder = sys.argv[1]
paths = [line.rstrip("\n") for line in sys.stdin]
hasher = PHash(verbose=False)
hashes = {path: hasher.encode_image(image_file=path) for path in paths}
with open(os.path.join(folder, "hashes.json"), "w") as file:
    json.dump({path: value for path, value in hashes.items() if value is not None}, file)
try:
    network = CNN(verbose=False)
except Exception as error:
    with open(os.path.join(folder, "missing.txt"), "w") as file:
        file.write(f"{type(error).__name__}: {error}")
    sys.exit(0)
vectors = [network.encode_image(image_file=path) for path in paths]
width = next(vector.size for vector in vectors if vector is not None)
rows = [numpy.zeros(width) if vector is None else vector.ravel() for vector in vectors]
numpy.stack(rows).astype("<f4").tofile(os.path.join(folder, "vectors.f32"))
