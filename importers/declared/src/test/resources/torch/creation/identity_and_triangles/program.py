# input x: float32[2]
def forward(self, x):
  return torch.eye(3), torch.eye(2, 4, dtype=4), torch.tril_indices(3, 4), torch.triu_indices(3, 3, 1)
