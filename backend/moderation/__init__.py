"""Deciding on what members say: reports, the queue, decisions by published rules, and appeals to somebody else."""
