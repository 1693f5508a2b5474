# input x: float32[2, 3]
# input h: float32[2, 4]
# input c: float32[2, 4]
# parameter w4: float32[16, 3]
# parameter u4: float32[16, 4]
# parameter b4: float32[16]
# parameter w3: float32[12, 3]
# parameter u3: float32[12, 4]
# parameter w1: float32[4, 3]
# parameter u1: float32[4, 4]
def forward(self, x, h, c):
  a, b = torch.lstm_cell(x, [h, c], self.w4, self.u4, self.b4, self.b4)
  return a, b, torch.gru_cell(x, h, self.w3, self.u3), torch.rnn_tanh_cell(x, h, self.w1, self.u1), torch.rnn_relu_cell(x, h, self.w1, self.u1)
