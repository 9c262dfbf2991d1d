"""A page like a phone: what a person sees and does by hand."""
