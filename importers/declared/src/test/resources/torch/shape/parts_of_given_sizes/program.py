# input x: float32[7, 4]
def forward(self, x):
  return torch.split(x, 3), torch.split_with_sizes(x, [3, 0, 4]), torch.unbind(x, 1), torch.tensor_split(x, 3), torch.hsplit(x, 2)
