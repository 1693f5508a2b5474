# input x: float32[1, 3, 1]
def forward(self, x):
  return x.squeeze(), x.squeeze(0), x.squeeze(1), x.unsqueeze(-1), torch.squeeze(x, [0, 2])
