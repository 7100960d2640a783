export const STATE_OF_RUN = `
@dataclass
class Run:
    """Where and on which rows this process computes. A batch is split among \`world\` processes."""

    device: torch.device = torch.device("cpu")
    dtype: torch.dtype = torch.float32
    rank: int = 0
    world: int = 1
    batch: int = BATCH
    seed: int = SEED
    step: Tensor = field(default_factory=lambda: torch.tensor(0))

    @property
    def rows(self) -> int:
        """Rows of the batch that are this process's own."""
        return self.batch // self.world


run = Run()


@contextmanager
def whole_batch(rows: int):
    """All rows on this process alone: for evaluation."""
    before = run.rank, run.world, run.batch
    run.rank, run.world, run.batch = 0, 1, rows
    try:
        yield
    finally:
        run.rank, run.world, run.batch = before
`.trim();
