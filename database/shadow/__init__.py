"""What is asked of the shadow database, where any value may be tried and nothing stays."""
