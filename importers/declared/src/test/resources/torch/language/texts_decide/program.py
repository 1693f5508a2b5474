# input x: float32[3]
def forward(self, x):
  name = "{} of {}".format("mode", 2)
  parts = name.split(" ")
  if parts[0].upper() == "MODE" and name.endswith("2") and name.find("of") == 5:
    x = x * len(",".join(parts))
  return x
