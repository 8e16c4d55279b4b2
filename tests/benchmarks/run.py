"""All benchmarks, one table of ratios: `python tests/benchmarks/run.py [--quick]`."""

import bench_kernel
import bench_positivity
import bench_row_a4
from comparison import main

if __name__ == "__main__":
    main(bench_row_a4.compare, bench_positivity.compare, bench_kernel.compare)
