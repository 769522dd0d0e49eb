"""What a database holds: sums of its rows, counts, texts, and all of it as it was at one instant."""
