"""What every request passes on its way in and out: who reads, in which language, and what may be written."""
