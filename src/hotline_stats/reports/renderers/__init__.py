"""One file a format; each takes what was composed and computes no figure of its own."""
