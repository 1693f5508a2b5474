# input v: float32[3]
# input m: float32[2, 3, 4]
def forward(self, v, m):
  return torch.matmul(v, m), torch.matmul(m.transpose(1, 2), v), torch.dot(v, v), torch.outer(v, v), torch.linalg_cross(v, v.flip(0))
