# input q: float32[1, 2, 3, 4]
# input k: float32[1, 2, 3, 4]
# input v: float32[1, 2, 3, 4]
def forward(self, q, k, v):
  return torch.scaled_dot_product_attention(q, k, v, None, 0.0, True)
