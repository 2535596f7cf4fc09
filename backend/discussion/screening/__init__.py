"""What is looked at before members' words are shown: an ordered list of small rules, each with a reason."""
