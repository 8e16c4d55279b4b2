"""All benchmarks: ratios, realisations, and sizes: `python tests/benchmarks/run.py [--quick]`."""

import bench_kernel
import bench_lhs
import bench_moments
import bench_parents
import bench_positivity
import bench_products
import bench_realisations
import bench_row_a4
import bench_row_b7
import bench_search
import bench_semidefinite
import bench_sizes
from comparison import main

if __name__ == "__main__":
    main(
        bench_row_a4.compare,
        bench_row_b7.compare,
        bench_moments.compare,
        bench_positivity.compare,
        bench_kernel.compare,
        bench_lhs.compare,
        bench_parents.compare,
        bench_products.compare,
        bench_semidefinite.compare,
        bench_search.compare,
    )
    bench_realisations.main()
    bench_sizes.main()
