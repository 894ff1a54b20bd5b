"""What lint finds in live registers, and what people answered to it. It changes no register."""
