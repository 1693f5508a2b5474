# input x: float32[3]
# input y: float32[3]
def forward(self, x, y):
  return torch.stack([x, y], -1), torch.hstack([x, y]), torch.vstack([x, y]), torch.dstack([x, y]), torch.column_stack([x, y])
