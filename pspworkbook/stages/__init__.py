"""One module for each notebook. A stage says what stands on its page; rules live in ``methods``, looks in ``widgets``."""
