export const DISTRIBUTED = `
# Rows of several processes ------------------------------------------------------------------------
# Every process computes the same loss. What is summed over processes on the way forward is summed on
# the way back, so the mean of their gradients is the gradient by the whole batch.


class _Sum(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: Tensor) -> Tensor:
        total = x.clone(memory_format=torch.contiguous_format)
        dist.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx, gradient: Tensor) -> Tensor:
        return _Sum.apply(gradient)


class _Gather(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x: Tensor, axis: int) -> Tensor:
        ctx.axis = axis
        own = x.contiguous()
        parts = [torch.empty_like(own) for _ in range(run.world)]
        dist.all_gather(parts, own)
        return torch.cat(parts, dim=axis)

    @staticmethod
    def backward(ctx, gradient: Tensor) -> tuple[Tensor, None]:
        return own_rows(_Sum.apply(gradient), ctx.axis), None


def across_ranks(x: Tensor) -> Tensor:
    """The sum over all processes."""
    return x if run.world == 1 else _Sum.apply(x)


def gathered(x: Tensor, axis: int = 0) -> Tensor:
    """The rows of all processes, in the order of the batch."""
    if run.world == 1:
        return x
    if x.dtype == torch.bool:
        return _Gather.apply(x.to(torch.uint8), axis).to(torch.bool)
    return _Gather.apply(x, axis)


def own_rows(x: Tensor, axis: int = 0) -> Tensor:
    """This process's part of the rows of all."""
    if run.world == 1:
        return x
    count = x.shape[axis] // run.world
    return x.narrow(axis, run.rank * count, count)


def batch_mean(x: Tensor, axes=None) -> Tensor:
    """The mean over axes of which one goes over the rows of all processes."""
    mean = x.mean() if axes is None else x.mean(axes)
    return across_ranks(mean) / run.world
`.trim();
