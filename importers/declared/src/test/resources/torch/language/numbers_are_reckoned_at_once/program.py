# input x: float32[2, 7]
def forward(self, x):
  n = x.size(1)
  a = -7 // 2 + n % 3
  b = float(n) / 2
  c = int(b) + round(2.5) + abs(-3)
  return x * (a + b), x[:, :min(int(b), n)], x * c + 2 ** 3, x + 7.5 // 2, x * (-7.5 % 2)
