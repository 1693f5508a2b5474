# input x: float32[2, 3, 6, 7]
# parameter weight: float32[7]
def forward(self, x):
  return torch.rms_norm(x, [7], self.weight), torch.rms_norm(x, [6, 7], None, 0.1)
