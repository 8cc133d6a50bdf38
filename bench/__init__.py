"""Benchmarks of Tanggap: a bulk loader, a load generator, and figures as ratios. `./run bench --help` explains."""
