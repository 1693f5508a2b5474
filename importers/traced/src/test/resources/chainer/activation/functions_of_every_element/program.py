# input x:float32[N=3,5]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def forward(self, x):
        return {
            "clipped_relu": F.clipped_relu(x * 8),
            "clipped_relu_at_1": F.clipped_relu(x, 1.0),
            "elu": F.elu(x),
            "elu_of_alpha": F.elu(x, alpha=0.3),
            "hard_sigmoid": F.hard_sigmoid(x * 2),
            "leaky_relu": F.leaky_relu(x),
            "leaky_relu_of_slope": F.leaky_relu(x, 0.05),
            "relu": F.relu(x),
            "relu6": F.relu6(x * 4),
            "rrelu": F.rrelu(x),
            "selu": F.selu(x),
            "sigmoid": F.sigmoid(x),
            "softplus": F.softplus(x),
            "softplus_of_beta": F.softplus(x, beta=3.0),
            "tanh": F.tanh(x),
        }
