"""Networks that other programs wrote: a file a format, each read into the nodes our YAML gives.

Only shapes are read, no weights; and nothing is run.
"""
