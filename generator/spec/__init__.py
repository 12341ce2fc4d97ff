"""One language for what is wanted, in three spellings: Markdown, shell, Python.

:mod:`fields` says what a parameter may be, :mod:`read` turns a mapping into a checked
:class:`~generator.model.Spec` and collects every problem, :mod:`write` turns it back.
"""
