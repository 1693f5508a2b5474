# input x: float32[2, 3, 4]
def forward(self, x):
  return x.movedim(0, 2), torch.movedim(x, [0, 1], [2, 0]), x.swapaxes(0, -1), x.mT, x.numpy_T()
