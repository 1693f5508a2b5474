# input row: float32[4] values 1 2 2 5
# input x: float32[2, 3] values 0 1 2 3 5 6
def forward(self, row, x):
  return torch.bucketize(x, row), torch.bucketize(x, row, right=True), torch.searchsorted(row, x, out_int32=True)
