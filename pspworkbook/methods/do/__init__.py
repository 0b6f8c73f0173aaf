"""The rules of stage 6, Do."""
