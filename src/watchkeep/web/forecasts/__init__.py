"""What people hold likely: questions, guesses, what came, and how well the guesses held."""
