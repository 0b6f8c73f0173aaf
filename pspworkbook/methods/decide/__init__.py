"""The rules of stage 2, To PSP or not."""
