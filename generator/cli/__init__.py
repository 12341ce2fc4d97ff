"""The shell's door: words in, the library's verbs, sentences out."""
