# input x: float32[6] values 2 1 2 3 1 2
def forward(self, x):
  return torch.sort(x, stable=True), torch.sort(x, stable=True, descending=True), torch.topk(x, 2, largest=False)
