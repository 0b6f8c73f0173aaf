"""The rules of stage 5, Plan."""
