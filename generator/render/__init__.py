"""From marks to bytes: one file is one format."""
