"""A member's own pages: signing in and out, passkeys, password, devices, and what is held about them."""
