"""Written factories, ours and the team's own: what a schema cannot say."""
