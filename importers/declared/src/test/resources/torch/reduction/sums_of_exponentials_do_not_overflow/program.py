# input x: float32[2, 3] values 100 200 300 -300 0 300
def forward(self, x):
  return torch.logsumexp(x, [1]), torch.logsumexp(x, [0, 1], True), torch.logcumsumexp(x, 1)
