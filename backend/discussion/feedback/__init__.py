"""Feedback: what members ask and propose to a unit, who answers it until when, and answers that all may read."""
