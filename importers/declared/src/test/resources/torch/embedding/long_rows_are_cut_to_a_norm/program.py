# input places: int64[4] from 0 to 6
# input table: float32[7, 3]
def forward(self, places, table):
  return torch.embedding_renorm(table, places, 0.5, 2.0), torch.embedding_renorm(table, places, 0.7, 1.0)
