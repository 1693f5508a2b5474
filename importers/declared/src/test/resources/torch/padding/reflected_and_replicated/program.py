# input x: float32[1, 2, 4, 4]
def forward(self, x):
  return torch.reflection_pad2d(x, [1, 2, 0, 3]), torch.replication_pad2d(x, [1, 2, 0, 3])
