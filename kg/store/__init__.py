"""Where quads and reports are kept: the graph folder, the embedded index, remote stores."""
