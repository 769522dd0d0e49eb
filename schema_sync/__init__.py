"""Production's shape on its way to staging: pulled once, proven in a shadow, built, verified, promoted."""
