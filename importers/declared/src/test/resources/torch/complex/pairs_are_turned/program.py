# input x: float32[2, 5, 3, 2]
# input angle: float32[5, 1]
def forward(self, x, angle):
  turn = torch.polar(torch.ones_like(angle), angle)
  return torch.view_as_real(torch.view_as_complex(x) * turn), torch.abs(torch.view_as_complex(x))
