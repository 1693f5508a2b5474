# input x: float32[3, 4]
# input y: float32[30, 4]
def forward(self, x, y):
  return torch.cdist(x, y), torch.cdist(x, y, 1.), torch.pairwise_distance(x, x.flip(0)), torch.cosine_similarity(x, y[:3], 1)
