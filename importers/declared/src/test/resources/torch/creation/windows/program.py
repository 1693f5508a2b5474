# input x: float32[2]
def forward(self, x):
  return torch.hann_window(8), torch.hamming_window(7, False), torch.blackman_window(6), torch.bartlett_window(5), torch.kaiser_window(6)
