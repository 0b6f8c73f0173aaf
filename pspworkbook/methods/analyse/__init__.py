"""The rules of stage 4, Analyse. The SROI has a room of its own."""
