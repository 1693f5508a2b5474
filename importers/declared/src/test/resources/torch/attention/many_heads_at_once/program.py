# input x: float32[2, 3, 4]
# input mask: bool[2, 3] values 0 0 1 0 0 0
# parameter qkv: float32[12, 4]
# parameter qkvb: float32[12]
# parameter proj: float32[4, 4]
# parameter projb: float32[4]
def forward(self, x, mask):
  return torch._native_multi_head_attention(x, x, x, 4, 2, self.qkv, self.qkvb, self.proj, self.projb, mask, True, True, 1)
