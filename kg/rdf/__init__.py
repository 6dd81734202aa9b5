"""Report, Identity → quads."""
