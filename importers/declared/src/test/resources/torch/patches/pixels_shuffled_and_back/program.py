# input x: float32[2, 8, 3, 2]
# input y: float32[2, 1, 3, 4, 6]
def forward(self, x, y):
  return torch.pixel_shuffle(x, 2), torch.pixel_unshuffle(y, 2), torch.pixel_shuffle(torch.unsqueeze(x, 0), 2)
