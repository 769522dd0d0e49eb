"""The settings: where they come from, what they may say, and the one value that comes of them."""
