"""The rules of stage 7, Review."""
