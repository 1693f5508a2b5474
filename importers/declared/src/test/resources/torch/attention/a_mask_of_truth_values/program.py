# input q: float32[1, 2, 2, 4]
# input k: float32[1, 2, 3, 4]
# input v: float32[1, 2, 3, 4]
# input mask: bool[2, 3] values 1 0 1 1 1 0
def forward(self, q, k, v, mask):
  return torch.scaled_dot_product_attention(q, k, v, mask)
