"""A text classifier with a bidirectional LSTM."""
import torch
import torch.nn as nn


class TextClassifier(nn.Module):
    def __init__(self, vocab_size=50, embedding_dim=12, hidden_dim=10, output_dim=3, n_layers=2, bidirectional=True, dropout=0.5,
                 pad_idx=1):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=pad_idx)
        self.rnn = nn.LSTM(embedding_dim, hidden_dim, num_layers=n_layers, bidirectional=bidirectional, dropout=dropout,
                           batch_first=True)
        self.gru = nn.GRU(hidden_dim * 2, hidden_dim)
        self.attention = nn.Linear(hidden_dim * 2, 1)
        self.fc = nn.Linear(hidden_dim * 5, output_dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, text):
        embedded = self.dropout(self.embedding(text))
        output, (hidden, cell) = self.rnn(embedded)
        hidden = self.dropout(torch.cat((hidden[-2, :, :], hidden[-1, :, :]), dim=1))
        scores = self.attention(output).squeeze(2)
        weights = torch.softmax(scores.masked_fill(text == 1, float('-inf')), dim=1)
        context = torch.bmm(weights.unsqueeze(1), output).squeeze(1)
        _, last = self.gru(output.permute(1, 0, 2))
        return self.fc(torch.cat([hidden, context, last.squeeze(0)], -1)), weights
