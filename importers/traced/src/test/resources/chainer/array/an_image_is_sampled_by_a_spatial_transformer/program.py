# input x:float32[N=2,2,5,6]
# input theta:float32[N=2,2,3]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def forward(self, x, theta):
        grid = F.spatial_transformer_grid(theta, (4, 3))
        y = F.spatial_transformer_sampler(x, grid)
        return y, F.resize_images(y, (7, 5)), F.resize_images(y, (7, 5), align_corners=False), F.resize_images(y, (6, 7), mode="nearest")
