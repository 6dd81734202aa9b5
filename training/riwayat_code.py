"""What `spacy train --code` needs: our tokenizer and sentences, and numpy's faster matrices."""

from thinc.api import NumpyOps, set_current_ops

from kg.nlp import tokens  # noqa: F401  (registers our components)

set_current_ops(NumpyOps(use_blis=False))
