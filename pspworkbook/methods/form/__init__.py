"""The rules of stage 3, Form a partnership."""
