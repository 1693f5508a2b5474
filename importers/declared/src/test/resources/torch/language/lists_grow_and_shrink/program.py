# input x: float32[3]
def forward(self, x):
  sizes = [1, 2]
  sizes.append(3)
  sizes.insert(0, 7)
  sizes.extend([4, 5])
  last = sizes.pop()
  sizes.reverse()
  sizes[0] = last
  return x.new_zeros(sizes[:2]), sum(sizes), max(sizes), min(sizes), len(sizes), 7 in sizes, sizes[1::2], sorted(sizes)
