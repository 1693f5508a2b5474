# input x: float32[3]
def forward(self, x):
  d = {"b": x, "a": x + 1}
  d["c"] = x * 2
  d.update({"b": x - 1})
  names = ""
  for k in d.keys():
    names = names + k
  taken = d.pop("a")
  return d["b"], d["c"], taken, len(names), "a" in d, d.get("z", x)
