"""Weak points: what drives lost payments, what stands alone, which number to find out better, what is met."""
