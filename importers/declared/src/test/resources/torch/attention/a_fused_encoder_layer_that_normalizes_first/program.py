# input x: float32[2, 3, 4]
# input mask: bool[3, 3] values 0 1 1 0 0 1 0 0 0
# parameter qkv: float32[12, 4]
# parameter qkvb: float32[12]
# parameter proj: float32[4, 4]
# parameter projb: float32[4]
# parameter w1: float32[6, 4]
# parameter b1: float32[6]
# parameter w2: float32[4, 6]
# parameter b2: float32[4]
# parameter n1: float32[4]
# parameter m1: float32[4]
# parameter n2: float32[4]
# parameter m2: float32[4]
def forward(self, x, mask):
  return torch._transformer_encoder_layer_fwd(x, 4, 1, self.qkv, self.qkvb, self.proj, self.projb, False, True, 0.00001, self.n1, self.m1, self.n2, self.m2, self.w1, self.b1, self.w2, self.b2, mask, 0)
