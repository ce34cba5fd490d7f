"""Tables as strangers keep them: any file to rows of text, its columns matched to those of a story, its cells read."""
