"""Makes the arrays that NpyTest and NpzTest read, with genuine NumPy (2.4.6 made the committed ones): python3 make.py"""

import numpy as np

six = np.arange(6).reshape(2, 3)
little = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split()
big = "i2 i4 i8 u2 u4 u8 f2 f4 f8 c8 c16".split()
np.savez(
    "numbers.npz",
    **{"little/" + kind: six.astype("<" + kind) for kind in little},
    **{"big/" + kind: six.astype(">" + kind) for kind in big},
)

cube = np.arange(24, dtype="f4").reshape(2, 3, 4)
np.savez_compressed(
    "deflated.npz",
    rows=cube,
    columns=np.asfortranarray(cube),
    big_columns=np.asfortranarray(cube.astype(">f8")),
    scalar=np.float64(2.5),
    nothing=np.zeros((3, 0, 2), "f4"),
)
np.savez(
    "strings.npz",
    wide=np.array([["tabby", "Zürich"], ["", "日本"]], order="F"),
    big=np.array(["left", "right"]).astype(">U5"),
    narrow=np.array([b"cat", b"tiger"]),
)
for version in (1, 2, 3):
    with open(f"version{version}.npy", "wb") as file:
        np.lib.format.write_array(file, cube, (version, 0))
np.save("vector.npy", np.arange(12, dtype="<i8"))
np.save("scalar.npy", np.float32(1.5))
np.save("objects.npy", np.array([{"a": 1}, None], dtype=object))
np.save("records.npy", np.zeros(2, dtype=[("a", "f4"), ("b", "i2")]))
np.save("dates.npy", np.array(["2020-01-01"], dtype="M8[D]"))
