"""Numbers: geometry, the readable trace in exact arithmetic, and the fast loops.

Nothing here is imported before it is needed: :mod:`shapes` and :mod:`trace` are plain Python,
:mod:`ops` brings NumPy, and the first call to one of its functions brings numba.
"""
