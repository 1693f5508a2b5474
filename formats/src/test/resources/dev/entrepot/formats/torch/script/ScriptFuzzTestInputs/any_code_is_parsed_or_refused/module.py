class Script(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : NoneType
  sizes : List[int]
  table : Dict[str, Tensor]
  name : str
  linear : __torch__.torch.nn.modules.linear.Linear
  def forward(self: __torch__.Script,
    x: Tensor) -> Tensor:
    if torch.gt(torch.size(x, 0), 1):
      x1 = torch.add(x, torch.tensor([[1., 2., 3.]]))
      x0 = x1
    else:
      x0 = x
    linear = self.linear
    _0 = (linear).forward(x0, )
    sizes = self.sizes
    return torch.mul(_0, torch.len(sizes))
