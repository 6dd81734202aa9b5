"""Article → Doc, and the readers of a Doc: names, chains, titles, dates, events, attribution."""
