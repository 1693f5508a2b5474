# input x: float32[2, 3, 4]
# parameter scale: float64[3] values 0.05 0.01 0.02
# parameter zero: int64[3] values 0 1 -2
def forward(self, x):
  return torch.dequantize(torch.quantize_per_tensor(x, 0.05, 10, 13)), torch.dequantize(torch.quantize_per_channel(x, self.scale, self.zero, 1, 12))
