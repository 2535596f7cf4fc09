"""What members are told of, and how it reaches them; knows no documents."""
