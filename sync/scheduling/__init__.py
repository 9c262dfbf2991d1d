"""A roadmap becomes dated items; pure, and today is an argument."""
