"""The pay calendar: pay days, their hours and fallbacks, and what a run makes of them."""
