# input x: float16[3]
# input y: float32[3]
def forward(self, x, y):
  return x * y, torch.cat([x, y])
