export const OPERATIONS_SECTION = `
# Small things -------------------------------------------------------------------------------------


def full(shape, value) -> Tensor:
    return torch.full(shape, value, device=run.device)


def array(values) -> Tensor:
    return torch.tensor(values, device=run.device)


def numbers(count: int) -> Tensor:
    """0, 1, …"""
    return torch.arange(count, device=run.device)


def row_numbers(count: int) -> Tensor:
    """The numbers of this process's rows in the batch."""
    return torch.arange(count, device=run.device) + run.rank * count


def root(x: Tensor) -> Tensor:
    """A square root whose derivative at 0 is 0."""
    positive = x > 0
    return torch.where(positive, torch.where(positive, x, 1.0).sqrt(), 0.0)


def tracked(x: Tensor) -> Tensor:
    """A value that energies are differentiated by."""
    return x if x.requires_grad else x.detach().requires_grad_()


def scatter_add(indices: Tensor, updates: Tensor, count: int) -> Tensor:
    """Rows added up where they belong."""
    rows = updates.reshape(indices.numel(), *updates.shape[indices.dim() :])
    start = torch.zeros(count, *rows.shape[1:], dtype=updates.dtype, device=updates.device)
    return start.index_add(0, indices.reshape(-1), rows)


def conv2d(x: Tensor, filters: Tensor, strides, padding) -> Tensor:
    """NHWC and HWIO; padding: top, bottom, left, right."""
    top, bottom, left, right = padding
    image = F.pad(x.permute(0, 3, 1, 2), (left, right, top, bottom))
    return F.conv2d(image, filters.permute(3, 2, 0, 1), stride=strides).permute(0, 2, 3, 1)


def conv2d_transposed(y: Tensor, filters: Tensor, strides, padding, size) -> Tensor:
    """The transpose of \`conv2d\`: an image of the given height and width."""
    top, bottom, left, right = padding
    image = F.conv_transpose2d(y.permute(0, 3, 1, 2), filters.permute(3, 2, 0, 1), stride=strides)
    missing_rows = size[0] + top + bottom - image.shape[2]
    missing_columns = size[1] + left + right - image.shape[3]
    image = F.pad(image, (0, missing_columns, 0, missing_rows))
    return image[:, :, top : top + size[0], left : left + size[1]].permute(0, 2, 3, 1)


def conv2d_filter_gradient(x: Tensor, y: Tensor, shape, strides, padding) -> Tensor:
    """The gradient of sum(conv2d(x, filters) * y) by the filters."""
    with torch.enable_grad():
        filters = torch.zeros(shape, dtype=x.dtype, device=x.device, requires_grad=True)
        total = (conv2d(x, filters, strides, padding) * y).sum()
        return torch.autograd.grad(total, filters)[0]
`.trim();
