"""The only readers; every function over reports is told who looks."""
