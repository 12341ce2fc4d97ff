"""Well-known networks as plain modules of torch, written the ways people write them."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - as everybody calls it
from torch import nn


class LeNet(nn.Module):
    """Layers as attributes, everything else as functions."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 20, 5)
        self.conv2 = nn.Conv2d(20, 20, kernel_size=5)
        self.fc1 = nn.Linear(20 * 4 * 4, 500)
        self.fc2 = nn.Linear(500, 10)

    def forward(self, x: Any) -> Any:
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), (2, 2), stride=2)
        x = x.view(-1, 320)
        x = self.fc1(x).relu()
        return F.log_softmax(self.fc2(x), dim=1)


def unit(maps: int, out: int, size: int, stride: int = 1, **given: Any) -> list[nn.Module]:
    conv = nn.Conv2d(maps, out, size, stride, size // 2, bias=False, **given)
    return [conv, nn.BatchNorm2d(out)]


class Block(nn.Module):
    """Two 3×3, or a bottleneck, and a shortcut; one ReLU is used again and again."""

    def __init__(self, maps: int, width: int, stride: int, *, wide: bool) -> None:
        super().__init__()
        out = 4 * width if wide else width
        if wide:
            layers = [unit(maps, width, 1), unit(width, width, 3, stride), unit(width, out, 1)]
        else:
            layers = [unit(maps, width, 3, stride), unit(width, out, 3)]
        self.units = nn.ModuleList(nn.Sequential(*each) for each in layers)
        self.relu = nn.ReLU(inplace=True)
        self.short: Any = None
        if stride > 1 or maps != out:
            self.short = nn.Sequential(*unit(maps, out, 1, stride))

    def forward(self, x: Any) -> Any:
        identity = x if self.short is None else self.short(x)
        for i, each in enumerate(self.units):
            x = each(x)
            if i < len(self.units) - 1:
                x = self.relu(x)
        x += identity
        return self.relu(x)


class ResNet(nn.Module):
    def __init__(self, counts: tuple[int, ...], *, wide: bool) -> None:
        super().__init__()
        layers: list[nn.Module] = [*unit(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
        maps = 64
        for stage, count in enumerate(counts):
            for i in range(count):
                stride = 2 if stage and i == 0 else 1
                layers.append(Block(maps, 64 << stage, stride, wide=wide))
                maps = (256 if wide else 64) << stage
        self.body = nn.Sequential(*layers)
        self.fc = nn.Linear(maps, 1000)

    def forward(self, x: Any) -> Any:
        x = F.adaptive_avg_pool2d(self.body(x), 1)
        x = torch.flatten(x, 1)
        return self.fc(x)


class Inception(nn.Module):
    def __init__(self, maps: int, one: int, *more: int) -> None:
        super().__init__()
        before3, three, before5, five, pooled = more
        self.one = self.unit(maps, one, 1)
        self.three = nn.Sequential(self.unit(maps, before3, 1), self.unit(before3, three, 3))
        self.five = nn.Sequential(self.unit(maps, before5, 1), self.unit(before5, five, 3))
        self.pool = self.unit(maps, pooled, 1)

    @staticmethod
    def unit(maps: int, out: int, size: int) -> nn.Module:
        return nn.Sequential(*unit(maps, out, size), nn.ReLU())

    def forward(self, x: Any) -> Any:
        pooled = self.pool(F.max_pool2d(x, kernel_size=3, stride=1, padding=1, ceil_mode=True))
        return torch.cat([self.one(x), self.three(x), self.five(x), pooled], dim=1)


class GoogLeNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            *unit(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, ceil_mode=True),
            *unit(64, 64, 1), nn.ReLU(), *unit(64, 192, 3), nn.ReLU(),
            nn.MaxPool2d(3, 2, ceil_mode=True),
        )  # fmt: skip
        self.inception3 = nn.Sequential(
            Inception(192, 64, 96, 128, 16, 32, 32), Inception(256, 128, 128, 192, 32, 96, 64)
        )
        self.inception4 = nn.Sequential(
            Inception(480, 192, 96, 208, 16, 48, 64), Inception(512, 160, 112, 224, 24, 64, 64),
            Inception(512, 128, 128, 256, 24, 64, 64), Inception(512, 112, 144, 288, 32, 64, 64),
            Inception(528, 256, 160, 320, 32, 128, 128),
        )  # fmt: skip
        self.inception5 = nn.Sequential(
            Inception(832, 256, 160, 320, 32, 128, 128), Inception(832, 384, 192, 384, 48, 128, 128)
        )
        self.fc = nn.Linear(1024, 1000)

    def forward(self, x: Any) -> Any:
        x = self.inception3(self.stem(x))
        x = self.inception4(F.max_pool2d(x, 3, 2, ceil_mode=True))
        x = self.inception5(F.max_pool2d(x, 2, 2, ceil_mode=True))
        x = F.dropout(x.mean([2, 3]), 0.2, self.training)
        return self.fc(x)


def mobilenet() -> nn.Module:
    """Strides pad behind only, as TensorFlow does, so a layer of padding stands before them."""

    def conv(maps: int, out: int, stride: int, groups: int = 1) -> list[nn.Module]:
        if stride == 1:
            return [*unit(maps, out, 3, groups=groups), nn.ReLU()]
        kernel = nn.Conv2d(maps, out, 3, 2, groups=groups, bias=False)
        return [nn.ZeroPad2d((0, 1, 0, 1)), kernel, nn.BatchNorm2d(out), nn.ReLU()]

    layers, maps = conv(3, 32, 2), 32
    steps = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5]
    for out, stride in (*steps, (1024, 2), (1024, 1)):
        layers += [*conv(maps, maps, stride, maps), *unit(maps, out, 1), nn.ReLU()]
        maps = out
    head = [nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Linear(1024, 1000), nn.Softmax(dim=1)]
    return nn.Sequential(*layers, *head)


def vgg11() -> nn.Module:
    layers: list[nn.Module] = []
    maps = 3
    for out in (64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0):
        if out:
            layers += [nn.Conv2d(maps, out, 3, padding="same"), nn.ReLU(True)]
        else:
            layers.append(nn.MaxPool2d(2))
        maps = out or maps
    head = [nn.AdaptiveAvgPool2d(7), nn.Flatten(), nn.Linear(25_088, 4096), nn.ReLU()]
    head += [nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers, *head)


NETS: dict[str, Any] = {
    "pytorch-lenet": LeNet,
    "resnet18": lambda: ResNet((2, 2, 2, 2), wide=False),
    "resnet34": lambda: ResNet((3, 4, 6, 3), wide=False),
    "resnet50": lambda: ResNet((3, 4, 6, 3), wide=True),
    "resnet152": lambda: ResNet((3, 8, 36, 3), wide=True),
    "googlenet": GoogLeNet,
    "mobilenet-v1": mobilenet,
    "vgg11": vgg11,
}
