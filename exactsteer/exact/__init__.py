"""Exact numbers and linear algebra outside the kernel: nothing here is trusted."""
