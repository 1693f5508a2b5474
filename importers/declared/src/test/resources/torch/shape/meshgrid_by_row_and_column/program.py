# input x: float32[2]
# input y: float32[3]
def forward(self, x, y):
  return torch.meshgrid([x, y]), torch.meshgrid([x, y], indexing="xy")
