"""Clerk, the service that the application signs its users in with: its development instance, spoken to over HTTP."""
