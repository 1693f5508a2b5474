# input x: float32[6] values -3 -1 -0.2 0 0.5 4
# input y: float32[6] values 0 0 0 0 0 0
def forward(self, x, y):
  return torch.smooth_l1_loss(x, y, 0), torch.smooth_l1_loss(x, y, 1, 0.5), torch.huber_loss(x, y, 2, 1.5), torch.mse_loss(x, y)
