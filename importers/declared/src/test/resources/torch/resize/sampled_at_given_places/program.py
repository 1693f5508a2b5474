# input x: float32[1, 2, 4, 5]
# input grid: float32[1, 3, 3, 2] from -1.2 to 1.2
def forward(self, x, grid):
  return torch.grid_sampler(x, grid, 0, 1, False)
