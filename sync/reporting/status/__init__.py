"""What `status` says: `facts` has the arithmetic, `text` and `document` the words."""
