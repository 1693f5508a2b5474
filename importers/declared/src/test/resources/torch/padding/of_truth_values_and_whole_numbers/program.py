# input x: bool[2, 3]
# input y: int32[2, 3] from -9 to 9
def forward(self, x, y):
  return torch.constant_pad_nd(x, [1, 1], True), torch.constant_pad_nd(y, [0, 2, 1, 0], 7)
