# input q: float32[1, 2, 2, 4]
# input k: float32[1, 2, 3, 4]
# input mask: bool[2, 3] values 1 0 1 0 0 0
def forward(self, q, k, mask):
  return torch.scaled_dot_product_attention(q, k, k, mask)
