"""Photos that anybody may use for anything; PROVENANCE.md names their authors."""
