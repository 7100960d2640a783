import { NORMAL_QUANTILE, UNIFORM_CENTRE } from '../../../core/normalQuantile';
import { THREEFRY_PARITY, THREEFRY_ROTATIONS, THREEFRY_ROUNDS } from '../../../core/threefry';
import { pythonNumber } from '../python';

const numbers = (values: readonly number[]): string =>
  values.map((value) => pythonNumber(value)).join(', ');

export const RANDOM = `
# Random numbers -----------------------------------------------------------------------------------
# Each is a function of a key, the step and an index (Threefry-2x32; Salmon et al. 2011): a step draws
# the same on every machine, on any number of processes, and after a restart.

WORD = 0xFFFFFFFF


def threefry(key, index, counter):
    """Two 32-bit words for each index and counter, as int64."""
    ks = (key[0], key[1], 0x${THREEFRY_PARITY.toString(16)} ^ key[0] ^ key[1])
    x0 = (index + ks[0]) & WORD
    x1 = (counter + ks[1]) & WORD
    for turn in range(${THREEFRY_ROUNDS}):
        distance = (${THREEFRY_ROTATIONS.join(', ')})[turn & 7]
        x0 = (x0 + x1) & WORD
        x1 = (((x1 << distance) | (x1 >> (32 - distance))) & WORD) ^ x0
        if turn & 3 == 3:
            injection = (turn >> 2) + 1
            x0 = (x0 + ks[injection % 3]) & WORD
            x1 = (x1 + ks[(injection + 1) % 3] + injection) & WORD
    return x0, x1


def seeded(key):
    """The key of a stream: the document's own, or another one for another seed."""
    return key if run.seed == SEED else threefry(key, run.seed & WORD, run.seed >> 32 & WORD)


def uniform(key, counter, shape, rows: bool = False) -> Tensor:
    """U[0, 1) with 24 bits. \`rows\`: the first axis goes over the rows of this process."""
    count = math.prod(shape)
    index = torch.arange(count, device=run.device) + (run.rank * count if rows else 0)
    words, _ = threefry(seeded(key), index, counter)
    return ((words >> 8).to(run.dtype) / 2**24).reshape(shape)


def normal(key, counter, shape, rows: bool = False) -> Tensor:
    """N(0, 1): the quantile of a uniform number (Wichura 1988, AS 241, PPND7)."""
    q = uniform(key, counter, shape, rows) - ${UNIFORM_CENTRE}

    def ratio(above, below, x):
        numerator = sum(c * x**power for power, c in enumerate(above))
        return numerator / sum(c * x**power for power, c in enumerate(below))

    central = ratio(
        (${numbers(NORMAL_QUANTILE.centralNumerator)}),
        (${numbers(NORMAL_QUANTILE.centralDenominator)}),
        ${NORMAL_QUANTILE.centre} - q**2,
    )
    tail = ratio(
        (${numbers(NORMAL_QUANTILE.tailNumerator)}),
        (${numbers(NORMAL_QUANTILE.tailDenominator)}),
        (-(0.5 - q.abs()).log()).sqrt() - ${NORMAL_QUANTILE.tail},
    )
    return torch.where(q.abs() <= ${NORMAL_QUANTILE.split}, q * central, q.sign() * tail)


def sample_rows(key, step, count: int) -> Tensor:
    """This process's rows of a step's batch: by a keyed permutation, none twice in an epoch."""
    place = step * run.batch + row_numbers(run.rows)
    epoch, place = place // count, place % count
    half = 1
    while 4**half < count:
        half += 1
    mask = 2**half - 1
    outside = torch.ones_like(place, dtype=torch.bool)
    while outside.any():
        left, right = place >> half, place & mask
        for turn in range(4):
            word, _ = threefry(seeded(key), right + turn * 0x10000, epoch)
            left, right = right, left ^ (word & mask)
        place = torch.where(outside, (left << half) | right, place)
        outside = place >= count
    return place
`.trim();
