"""The rules of stage 1, Identify the need."""
