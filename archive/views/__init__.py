"""Pages that readers see: each view fetches and renders, nothing else."""
