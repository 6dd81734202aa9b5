"""The SPARQL service of a graph folder: HTTP in front, each query in a worker process behind."""
