"""Pages: figure fences, numbers in the running text, formulas; and the MkDocs plugin around them.

:mod:`extension` is a Python-Markdown extension and works wherever Python-Markdown does.
:mod:`plugin` adds what only a site can: a check of every page before anything is written, the
assets, and files to download.
"""
