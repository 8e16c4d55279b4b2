"""The untrusted prover: numeric solve, refinement, rounding. The kernel judges what it finds."""
