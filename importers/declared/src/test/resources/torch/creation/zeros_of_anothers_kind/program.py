# input x: float16[2, 3]
def forward(self, x):
  return torch.zeros_like(x), x.new_zeros([2]), torch.zeros([2], dtype=4)
