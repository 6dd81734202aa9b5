"""bytes → Article: text files, web pages and JSON lines."""
