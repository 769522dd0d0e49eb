"""What the demo starts on this machine, and how it tells what happened."""
