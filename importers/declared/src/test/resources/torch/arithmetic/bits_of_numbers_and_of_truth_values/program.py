# input x: int32[4] values 12 -7 0 255
# input y: int32[4] values 10 3 1 2
def forward(self, x, y):
  return torch.bitwise_and(x, y), torch.bitwise_xor(x > 0, y > 2), torch.bitwise_left_shift(x, y), torch.bitwise_right_shift(x, y), torch.bitwise_not(x)
