# input x: float32[2, 3]
def forward(self, x):
  n = x.size(1)
  return torch.tensor([[1, 2], [3, n]]), torch.tensor(2.5), torch.tensor([0.5, 1.]), torch.as_tensor(n), torch.scalar_tensor(3)
