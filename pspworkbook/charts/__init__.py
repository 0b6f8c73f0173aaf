"""Results as pictures: pure functions from a result to a plain plotly figure, its sentence and its table."""
