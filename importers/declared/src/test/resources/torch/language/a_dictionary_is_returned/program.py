# input x: float32[2, 3]
def forward(self, x):
  return {"double": x * 2, "half": x / 2}
