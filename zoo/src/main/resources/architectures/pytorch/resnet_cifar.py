"""Pre-activation ResNet for CIFAR with n blocks a stage (n = 3, 5, 7, 9): x [N, 3, 32, 32] -> logits of 10 classes.

Its twin in Chainer has the same names, slashes for dots; the one in Keras ends in a softmax, as this does with softmax=True.
"""
import torch
from torch import nn


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(width)
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x):
        h = self.conv1(torch.relu(self.bn1(x)))
        return self.conv2(torch.relu(self.bn2(h))) + x


class ResNet(nn.Module):
    def __init__(self, n, softmax=False):
        super().__init__()
        self.softmax = softmax
        self.conv1 = nn.Conv2d(3, 16, 3, padding=1)
        self.rbs1 = nn.Sequential(*[Residual(16) for _ in range(n)])
        self.conv2 = nn.Conv2d(16, 32, 1, stride=2)
        self.rbs2 = nn.Sequential(*[Residual(32) for _ in range(n)])
        self.conv3 = nn.Conv2d(32, 64, 1, stride=2)
        self.rbs3 = nn.Sequential(*[Residual(64) for _ in range(n)])
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        h = self.rbs1(self.conv1(x))
        h = self.rbs2(self.conv2(h))
        h = self.rbs3(self.conv3(h))
        y = self.fc(torch.flatten(nn.functional.avg_pool2d(h, 8), 1))
        return torch.softmax(y, 1) if self.softmax else y
