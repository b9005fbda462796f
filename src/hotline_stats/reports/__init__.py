"""From results to documents: one Document is composed, and each renderer turns it into one format."""
