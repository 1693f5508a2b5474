# input x: float32[4, 3, 2]
# input lengths: int64[3] values 4 2 1
# input h: float32[2, 3, 3]
# parameter wi: float32[9, 2]
# parameter wh: float32[9, 3]
# parameter vi: float32[9, 2]
# parameter vh: float32[9, 3]
def forward(self, x, lengths, h):
  data, sizes = torch._pack_padded_sequence(x, lengths, False)
  y, last = torch.gru(data, sizes, h, [self.wi, self.wh, self.vi, self.vh], False, 1, 0.0, False, True)
  padded, counts = torch._pad_packed_sequence(y, sizes, True, 0.5, 5)
  return y, last, padded, counts
