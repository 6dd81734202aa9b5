"""Where people have the last word: what is doubtful with its evidence, and the decisions on it."""
