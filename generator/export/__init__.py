"""What can be handed out: one file is one format, for figures, for sheets, or for both.

Exporters write what they are given. They do no arithmetic and know no kind and no family.
"""
