"""What members say: screening of their words, and the rules that it goes by."""
