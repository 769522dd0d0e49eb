"""Where staging stands: looked at (status, schedule), judged (attention), and told to whoever is on call (telling)."""
