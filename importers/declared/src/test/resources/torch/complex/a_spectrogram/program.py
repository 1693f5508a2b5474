# input x: float32[2, 64]
# parameter window: float32[16]
def forward(self, x):
  spectra = torch.stft(x, 16, 4, 16, self.window, False, True, True)
  return torch.abs(spectra), torch.angle(spectra[:, 1:4] + 20)
