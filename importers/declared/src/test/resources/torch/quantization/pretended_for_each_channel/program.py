# input x: float32[2, 3, 4]
# parameter scale: float32[3] values 0.05 0.01 0.02
# parameter zero: int32[3] values 0 1 -2
def forward(self, x):
  return torch.fake_quantize_per_channel_affine(x, self.scale, self.zero, 1, -128, 127), torch.fake_quantize_per_tensor_affine(x, 0.05, 3, 0, 127)
