# input q: float32[1, 4, 2, 4]
# input k: float32[1, 2, 3, 4]
def forward(self, q, k):
  return torch.scaled_dot_product_attention(q, k, k, None, 0.0, False, enable_gqa=True)
