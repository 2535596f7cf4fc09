"""How each kind of file becomes text: first what it is, then its words as Markdown that can be read into parts."""
