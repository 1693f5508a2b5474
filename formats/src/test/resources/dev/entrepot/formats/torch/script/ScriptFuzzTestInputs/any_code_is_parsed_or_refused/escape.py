def f(x: Tensor) -> Tensor:
  return "\xZZ"
