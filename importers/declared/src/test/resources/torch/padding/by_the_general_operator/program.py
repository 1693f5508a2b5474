# input x: float32[2, 3, 6, 7]
def forward(self, x):
  return torch.pad(x, [1, 2, 0, 1], "replicate"), torch.pad(x, [1, 0], "constant", 2.5), torch._pad_enum(x, [1, 1, 2, 2], 0)
