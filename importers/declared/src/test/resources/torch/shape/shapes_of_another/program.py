# input x: float32[2, 6]
# input y: float32[3, 4]
def forward(self, x, y):
  return x.view_as(y), x.reshape_as(y), x[:1, :1].expand_as(y), torch.broadcast_to(x[0, :4], [3, 4])
