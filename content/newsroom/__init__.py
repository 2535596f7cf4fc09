"""The news desk: what editors write, when readers get it, what stands on top, and what is taken back."""
