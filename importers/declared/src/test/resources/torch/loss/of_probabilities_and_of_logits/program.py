# input x: float32[2, 3] from 0 to 1
# input y: float32[2, 3] from 0 to 1
def forward(self, x, y):
  return torch.binary_cross_entropy(x, y), torch.binary_cross_entropy_with_logits(x, y, None, y + 1), torch.kl_div(x, y, 2)
