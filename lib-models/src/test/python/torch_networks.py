#!/usr/bin/env python3
"""Expected values of TorchNetworksTest: losses and gradients of small candidate networks in PyTorch.

Usage: python3 torch_networks.py (Debian's python3-torch, 1.13). The networks are written down here from the papers'
definitions, in double precision; parameters and images are sines of their positions, in the order and layout in which
CandidateNetwork stores them (convolutions [height, width, in, out], depthwise ones [height, width, channel]).
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.double)


def cell(text):
    return [tuple(int(w) if w.isdigit() else w for w in block.split() if w != '+') for block in text.split(' | ')]


BLOCK_CELLS = {
    'a': (cell('0 sep_conv_3x3 + 1 identity | 0 sep_conv_5x5 + 1 max_pool_3x3 | 1 avg_pool_3x3 + 2 conv_1x1'
               ' | 2 dil_sep_conv_3x3 + 3 identity | 0 conv_3x3 + 4 sep_conv_7x7'),
          cell('0 conv_3x3 + 1 sep_conv_3x3 | 0 max_pool_3x3 + 1 conv_1x7_7x1 | 1 sep_conv_5x5 + 2 identity'
               ' | 0 avg_pool_3x3 + 3 conv_1x3_3x1 | 2 max_pool_2x2 + 4 sep_conv_3x3')),
    'b': (cell('0 conv_1x7_7x1 + 1 dil_sep_conv_5x5 | 0 max_pool_2x2 + 2 max_pool_5x5 | 1 max_pool_7x7 + 2 avg_pool_2x2'
               ' | 3 avg_pool_5x5 + 4 min_pool_2x2 | 1 conv_1x3_3x1 + 1 dil_sep_conv_7x7'),
          cell('0 sep_conv_7x7 + 1 dil_sep_conv_3x3 | 0 max_pool_2x2 + 1 max_pool_5x5 | 1 max_pool_7x7 + 0 avg_pool_2x2'
               ' | 1 avg_pool_5x5 + 0 min_pool_2x2 | 0 identity + 1 conv_1x1')),
}
EDGE_CELLS = [
    '|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|',
    '|avg_pool_3x3~0|+|skip_connect~0|nor_conv_1x1~1|+|none~0|skip_connect~1|nor_conv_3x3~2|',
]


class MinimumOf(nn.Module):
    def __init__(self, pool):
        super().__init__()
        self.pool = pool

    def forward(self, x):
        return -self.pool(-x)


class Pool(nn.Module):
    def __init__(self, kind, k, s):
        super().__init__()
        self.kind, self.k, self.s = kind, k, s

    def forward(self, x):
        before = (self.k - 1) // 2 if self.k % 2 else 0
        after = self.k - 1 - before
        if self.kind == 'max':
            return F.max_pool2d(F.pad(x, (before, after, before, after), value=float('-inf')), self.k, self.s)[
                ..., :-(-x.shape[2] // self.s), :-(-x.shape[3] // self.s)]
        area = F.pad(torch.ones_like(x), (before, after, before, after))
        x = F.pad(x, (before, after, before, after))
        mean = F.avg_pool2d(x, self.k, self.s) / F.avg_pool2d(area, self.k, self.s)
        return mean[..., :-(-(x.shape[2] - self.k + 1) // self.s), :-(-(x.shape[3] - self.k + 1) // self.s)]


def conv_bn(i, o, k, s, groups=1, d=1):
    kh, kw = (k, k) if isinstance(k, int) else k
    pad = (kh // 2 * d, kw // 2 * d)
    return [nn.Conv2d(i, o, (kh, kw), s, pad, d, groups, bias=False), nn.BatchNorm2d(o)]


def separable(c, k, s, d):
    return [nn.ReLU(), nn.Conv2d(c, c, k, s, k // 2 * d, d, c, bias=False), *conv_bn(c, c, 1, 1)]


class FactorisedReduction(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.a, self.b = nn.Conv2d(i, o // 2, 1, 2, bias=False), nn.Conv2d(i, o - o // 2, 1, 2, bias=False)
        self.bn = nn.BatchNorm2d(o)

    def forward(self, x):
        x = F.relu(x)
        shifted = F.pad(x, (0, 1, 0, 1))[:, :, 1:, 1:]
        return self.bn(torch.cat([self.a(x), self.b(shifted)], 1))


def operation(name, c, s):
    if name in ('identity', 'skip_connect'):
        return nn.Identity() if s == 1 else FactorisedReduction(c, c)
    kind, size = name.rsplit('_', 1)
    k = int(size[0])
    if name in ('conv_1x3_3x1', 'conv_1x7_7x1'):
        return nn.Sequential(nn.ReLU(), *conv_bn(c, c, (1, k), (1, s)), nn.ReLU(), *conv_bn(c, c, (k, 1), (s, 1)))
    if kind in ('conv', 'nor_conv'):
        return nn.Sequential(nn.ReLU(), *conv_bn(c, c, k, s))
    if kind == 'sep_conv':
        return nn.Sequential(*separable(c, k, s, 1), *separable(c, k, 1, 1))
    if kind == 'dil_sep_conv':
        return nn.Sequential(*separable(c, k, s, 2))
    if kind == 'min_pool':
        return MinimumOf(Pool('max', k, s))
    return Pool(kind[:3], k, s)


class BlockCell(nn.Module):
    def __init__(self, blocks, c_pp, c_p, c, reduction, reduced):
        super().__init__()
        self.pre0 = FactorisedReduction(c_pp, c) if reduced else nn.Sequential(nn.ReLU(), *conv_bn(c_pp, c, 1, 1))
        self.pre1 = nn.Sequential(nn.ReLU(), *conv_bn(c_p, c, 1, 1))
        self.blocks, self.ops = blocks, nn.ModuleList()
        self.out = sorted(set(range(2, len(blocks) + 2)) - {b[0] for b in blocks} - {b[2] for b in blocks})
        for i, name, j, other in blocks:
            self.ops.append(operation(name, c, 2 if reduction and i < 2 else 1))
            self.ops.append(operation(other, c, 2 if reduction and j < 2 else 1))

    def forward(self, s0, s1):
        nodes = [self.pre0(s0), self.pre1(s1)]
        for n, (i, _, j, _) in enumerate(self.blocks):
            nodes.append(self.ops[2 * n](nodes[i]) + self.ops[2 * n + 1](nodes[j]))
        return torch.cat([nodes[n] for n in self.out], 1)


class BlockNetwork(nn.Module):
    def __init__(self, normal, reduction, filters, channels, classes):
        super().__init__()
        self.stem = nn.Sequential(*conv_bn(channels, 3 * filters, 3, 1))
        self.cells, c_pp, c_p, c, reduced = nn.ModuleList(), 3 * filters, 3 * filters, filters, False
        for r in (False, True, False, True, False):
            c = 2 * c if r else c
            self.cells.append(BlockCell(reduction if r else normal, c_pp, c_p, c, r, reduced))
            c_pp, c_p, reduced = c_p, len(self.cells[-1].out) * c, r
        self.head = nn.Linear(c_p, classes)

    def forward(self, x):
        s0 = s1 = self.stem(x)
        for each in self.cells:
            s0, s1 = s1, each(s0, s1)
        return self.head(F.relu(s1).mean((2, 3)))


class EdgeCell(nn.Module):
    def __init__(self, text, c):
        super().__init__()
        self.names = [[e.split('~')[0] for e in node.strip('|').split('|')] for node in text.split('+')]
        self.ops = nn.ModuleList(operation(n, c, 1) for node in self.names for n in node if n != 'none')

    def forward(self, x):
        nodes, ops = [x], iter(self.ops)
        for node in self.names:
            nodes.append(sum(next(ops)(nodes[i]) for i, n in enumerate(node) if n != 'none'))
        return nodes[-1]


class Residual(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a = nn.Sequential(nn.ReLU(), *conv_bn(c, 2 * c, 3, 2))
        self.b = nn.Sequential(nn.ReLU(), *conv_bn(2 * c, 2 * c, 3, 1))
        self.shortcut = nn.Sequential(Pool('avg', 2, 2), nn.Conv2d(c, 2 * c, 1, bias=False))

    def forward(self, x):
        return self.shortcut(x) + self.b(self.a(x))


class EdgeNetwork(nn.Module):
    def __init__(self, text, filters, channels, classes):
        super().__init__()
        body = conv_bn(channels, filters, 3, 1)
        for stage in range(3):
            if stage:
                body.append(Residual(filters * 2 ** (stage - 1)))
            body.append(EdgeCell(text, filters * 2 ** stage))
        self.body = nn.Sequential(*body, nn.BatchNorm2d(4 * filters), nn.ReLU())
        self.head = nn.Linear(4 * filters, classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))


def stored(tensor):
    """A parameter or gradient in the project's layout: depthwise kernels have one input channel."""
    if tensor.dim() == 4:
        return tensor.permute(2, 3, 0, 1) if tensor.shape[1] == 1 else tensor.permute(2, 3, 1, 0)
    return tensor.t() if tensor.dim() == 2 else tensor


def evaluate(name, net, height, width, channels, classes, batch=4):
    position = 0
    for p in net.parameters():
        values = torch.sin(torch.arange(position + 1, position + 1 + p.numel()).double()) * 0.5
        with torch.no_grad():
            view = stored(p)
            view.copy_(values.reshape(view.shape))
        position += p.numel()
    x = torch.cos(torch.arange(batch * height * width * channels).double())
    x = x.reshape(batch, height, width, channels).permute(0, 3, 1, 2)
    y = torch.arange(batch) % classes
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    gradient = torch.cat([stored(p.grad).reshape(-1) for p in net.parameters()])
    probe = torch.sin(torch.arange(1, gradient.numel() + 1).double())
    net.eval()
    inference = F.softmax(net(x), 1)[0, 0].item()
    trained = train(net.train(), x, y)
    print(f'{name}: parameters {position}, loss {loss.item():.10f}, gradient norm {gradient.norm().item():.10f}, '
          f'probe {(gradient @ probe).item():.10f}, inference {inference:.10f}, '
          f'trained {trained:.10f}')


def train(net, x, y, updates=5):
    """The loss after some updates."""
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9, weight_decay=5e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, updates, 0.01)
    for _ in range(updates):
        optimizer.zero_grad()
        F.cross_entropy(net(x), y).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return F.cross_entropy(net(x), y).item()


def main():
    for name, (normal, reduction) in BLOCK_CELLS.items():
        for size in ((8, 8, 3), (7, 9, 2)):
            evaluate(f'block {name} {size}', BlockNetwork(normal, reduction, 4, size[2], 3), *size, 3)
    for text in EDGE_CELLS:
        for size in ((8, 8, 3), (7, 9, 2)):
            evaluate(f'edge {text} {size}', EdgeNetwork(text, 4, size[2], 3), *size, 3)


if __name__ == '__main__':
    main()
