"""Digests: a few short points above a long document, each resting on a part of it and approved by somebody else."""
