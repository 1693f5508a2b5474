# input x: float32[2, 3]
def forward(self, x):
  a = torch.full([2], 3)
  b = torch.full([2], 0.5)
  c = torch.full_like(x, 2)
  d = x.new_full([1, 2], 7, dtype=4)
  return a, b, c, d, torch.ones([2, 2], dtype=11), torch.ones_like(x)
