# input places: int64[8] from 0 to 6
# input starts: int64[4] values 0 3 3 7
# parameter weight: float32[7, 3]
def forward(self, places, starts):
  return torch.embedding_bag(self.weight, places, starts)[0], torch.embedding_bag(self.weight, places, starts, False, 1)[0], torch.embedding_bag(self.weight, places, starts, False, 2)[0]
