# input x: float32[4, 2, 3]
# input h: float32[2, 2, 3]
# parameter wi: float32[3, 3]
# parameter wi1: float32[3, 3]
# parameter wh: float32[3, 3]
# parameter bi: float32[3]
# parameter bh: float32[3]
def forward(self, x, h):
  y = torch.rnn_tanh(x, h, [self.wi, self.wh, self.bi, self.bh, self.wi1, self.wh, self.bi, self.bh], True, 1, 0.0, False, True, False)
  return y, torch.rnn_relu(x, h, [self.wi, self.wh, self.wi1, self.wh], False, 1, 0.0, False, True, True) if x.size(0) == 2 else torch.rnn_relu(x, h, [self.wi, self.wh, self.wi1, self.wh], False, 1, 0.0, False, True, False)
