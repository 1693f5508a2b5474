class Pair(NamedTuple):
  left : int
  right : Final[Tensor] = annotate(Tensor, CONSTANTS.c0)
def f(x: Tensor,
    n: int=-2) -> Tuple[Tensor, Optional[str]]:
  _0 = "text\n\u00e9\101"
  a, (b, c), = torch.split(x, [1, -2], dim=0)
  for i in range(3):
    x = torch.add(x, 1e-05, alpha=inf)
  while torch.lt(n, 0) and (not False):
    n += 1
  with no_grad() as g:
    assert n is not None, "no"
  def inner(y: int) -> int:
    return y ** 2 // 3
  return (x[0:2, ...], None if n == 0j else "s")
