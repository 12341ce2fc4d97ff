"""Speed, side by side with what people would use instead: ``make bench``.

Ratios, not seconds: both sides run in turn, in one process, with the same cores and the same
memory policy, and the medians of many rounds are compared.
"""
