# input x: float32[3, 4]
# input mask: bool[3, 4] values 1 0 1 1 0 0 1 1 0 1 0 1
# input y: float32[12]
def forward(self, x, mask, y):
  return x.masked_fill(mask, -1.5), torch.masked_select(x, mask), x.masked_scatter(mask, y), x.masked_fill(mask[0], 2.)
